//! The picture of a code. WeChat draws a flower-like pattern; a QR code of the same text serves here.

use std::io::Cursor;

use image::{
    DynamicImage, ImageFormat, Rgba, RgbaImage,
    error::{EncodingError, ImageError, ImageFormatHint},
};
use qrcode::{Color, QrCode};

pub type Rgb = [u8; 3];

/// Light modules around the code.
const QUIET_ZONE: u32 = 4;

/// A square picture `width` pixels wide: PNG with a transparent ground, or JPEG on white.
pub fn draw(text: &str, width: u32, colour: Rgb, transparent: bool) -> Result<Vec<u8>, ImageError> {
    let format = if transparent { ImageFormat::Png } else { ImageFormat::Jpeg };
    let code = QrCode::new(text).map_err(|error| {
        ImageError::Encoding(EncodingError::new(ImageFormatHint::Exact(format), error))
    })?;
    let modules = u32::try_from(code.width()).expect("a QR code has at most 177 modules a side");
    let dark = code.to_colors();
    let ground = Rgba([255, 255, 255, if transparent { 0 } else { 255 }]);
    let ink = Rgba([colour[0], colour[1], colour[2], 255]);
    let module_of =
        |pixel: u32| (pixel * (modules + 2 * QUIET_ZONE) / width).checked_sub(QUIET_ZONE);
    let picture = RgbaImage::from_fn(width, width, |x, y| match (module_of(x), module_of(y)) {
        (Some(column), Some(row)) if column < modules && row < modules => {
            let is_dark = dark.get((row * modules + column) as usize) == Some(&Color::Dark);
            if is_dark { ink } else { ground }
        }
        _ => ground,
    });
    let mut bytes = Cursor::new(Vec::new());
    if transparent {
        picture.write_to(&mut bytes, format)?;
    } else {
        DynamicImage::ImageRgba8(picture).to_rgb8().write_to(&mut bytes, format)?;
    }
    Ok(bytes.into_inner())
}
