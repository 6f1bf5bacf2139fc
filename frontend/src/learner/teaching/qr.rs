//! Draws a QR code.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder, QRCode};
use leptos::prelude::*;

/// Modules of white around the code, without which scanners do not find it.
const QUIET: usize = 4;

/// The code as a picture that is sharp at any size.
pub fn qr(text: &str) -> Option<AnyView> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let side = code.size + 2 * QUIET;
    let frame = format!("0 0 {side} {side}");
    let dark = dark_modules(&code);
    let picture = view! {
        <svg class="qr" viewBox=frame role="img" aria-label="签到码" shape-rendering="crispEdges">
            <path d=dark></path>
        </svg>
    };
    Some(picture.into_any())
}

/// The dark modules as one path: one box for each.
fn dark_modules(code: &QRCode) -> String {
    let mut path = String::new();
    for row in 0..code.size {
        for column in 0..code.size {
            if code[row][column].value() {
                // Writing to a string does not fail.
                let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_are_finder_patterns() {
        let code = QRBuilder::new("https://example.org/s/abc").ecl(ECL::M).build().unwrap();
        let path = dark_modules(&code);
        let far = code.size + QUIET - 1;
        for corner in [(QUIET, QUIET), (far, QUIET), (QUIET, far)] {
            let (column, row) = corner;
            assert!(path.contains(&format!("M{column} {row}h")), "{corner:?}");
        }
    }
}
