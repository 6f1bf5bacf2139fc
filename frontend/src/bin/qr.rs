//! Draws QR codes, and reads them from the camera where the browser cannot. A module of its own, which
//! `boot.js` loads on demand: most phones never pay for it.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement};

/// Pixels: enough for the code on a projector, and quick on a slow phone.
const WIDTH: u32 = 640;

fn main() {}

/// Modules of white around a code, without which scanners do not find it.
const QUIET: usize = 4;

/// A text as a QR code: the side of the square drawing, a space, and the path of an SVG with a box for
/// each dark module. Nothing where the text is too long for a code.
#[wasm_bindgen]
pub fn draw(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut drawing = format!("{} ", code.size + 2 * QUIET);
    for row in 0..code.size {
        for column in (0..code.size).filter(|column| code[row][*column].value()) {
            // Writing to a string does not fail.
            let _ = write!(drawing, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
        }
    }
    Some(drawing)
}

/// What the QR code in the present picture of the video says.
#[wasm_bindgen]
pub fn read(video: &HtmlVideoElement) -> Option<String> {
    let (width, height) = (video.video_width(), video.video_height());
    if width == 0 {
        return None;
    }
    let height = height * WIDTH / width;
    let canvas = video.owner_document()?.create_element("canvas").ok()?;
    let canvas = canvas.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width(WIDTH);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
    context
        .draw_image_with_html_video_element_and_dw_and_dh(
            video,
            0.0,
            0.0,
            f64::from(WIDTH),
            f64::from(height),
        )
        .ok()?;
    let picture = context.get_image_data(0.0, 0.0, f64::from(WIDTH), f64::from(height)).ok()?;
    decode(WIDTH as usize, &picture.data())
}

/// The text of the first QR code in a picture of red, green, blue and opacity.
fn decode(width: usize, picture: &[u8]) -> Option<String> {
    let height = picture.len() / 4 / width;
    // The eye's weights are of no use here: black and white are far apart in green as well.
    let grey = |x: usize, y: usize| picture[(y * width + x) * 4 + 1];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let codes = image.detect_grids();
    codes.into_iter().find_map(|code| code.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::{QUIET, decode, draw};

    #[test]
    fn the_corners_of_a_drawing_are_finder_patterns() {
        let drawing = draw("https://example.org/s/abc").expect("a short text");
        let (side, path) = drawing.split_once(' ').expect("a side and a path");
        let far = side.parse::<usize>().expect("a number") - QUIET - 1;
        for (column, row) in [(QUIET, QUIET), (far, QUIET), (QUIET, far)] {
            assert!(path.contains(&format!("M{column} {row}h")), "{column} {row}");
        }
    }

    /// A code of this text, `scale` pixels a module, in the middle of a grey wall.
    fn wall(text: &str, scale: usize) -> Vec<u8> {
        let code = fast_qr::QRBuilder::new(text).build().expect("a short text");
        let (width, height, start) = (640, 480, 100);
        let mut picture = vec![170; width * height * 4];
        for y in 0..(code.size + 8) * scale {
            for x in 0..(code.size + 8) * scale {
                let (row, column) = ((y / scale).wrapping_sub(4), (x / scale).wrapping_sub(4));
                let dark = row < code.size && column < code.size && code[row][column].value();
                let at = ((start + y) * width + start + x) * 4;
                picture[at..at + 3].fill(if dark { 30 } else { 240 });
            }
        }
        picture
    }

    #[test]
    fn the_code_on_the_wall_is_read() {
        let address = "http://127.0.0.1:8080/c/AZ8qk3vMc0a1b2c3d4e5f6.171.KJHGFDSAQWERTYUI";
        assert_eq!(decode(640, &wall(address, 4)).as_deref(), Some(address));
    }

    #[test]
    fn a_wall_without_a_code_says_nothing() {
        assert_eq!(decode(640, &vec![200; 640 * 480 * 4]), None);
        assert_eq!(decode(640, &[]), None);
    }
}
