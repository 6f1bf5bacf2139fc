//! Draws a QR code.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder, QRCode};

use crate::ui::html::{Html, drawing, none};

/// Modules of white around the code, without which scanners do not find it.
const QUIET: usize = 4;

/// The code as a picture that is sharp at any size.
pub fn qr(text: &str) -> Html {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else { return none() };
    let side = code.size + 2 * QUIET;
    drawing("qr", &format!("0 0 {side} {side}"), &dark_modules(&code))
        .attr("role", "img")
        .attr("aria-label", "签到码")
        .attr("shape-rendering", "crispEdges")
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
