//! Uploaded pictures: decoded to be sure of them, and encoded anew, upright, no larger than screens
//! need and without what cameras write into them, such as the place.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use shared::problem::{Code, Problem};

use crate::{Error, Result};

/// Pixels on the longer side, enough for a phone held sideways and a console at full width.
const LONGEST_SIDE: u32 = 1600;

/// More than any phone's camera takes within 5 MB.
const MOST_PIXELS: u64 = 50_000_000;

const JPEG_QUALITY: u8 = 82;

pub(super) struct Picture {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
    pub width: u32,
    pub height: u32,
}

/// The widths in which phones may ask for a picture. JPEG and PNG only: the one WebP encoder in Rust
/// is lossless, and of a photo makes a larger file than JPEG.
pub(super) const WIDTHS: [(&str, u32); 3] = [("w360", 360), ("w720", 720), ("w1080", 1080)];

/// The picture as it is kept.
///
/// # Errors
/// `not_a_picture`, with what to do in its detail.
#[cfg(any(test, fuzzing))]
pub(super) fn prepare(uploaded: &[u8]) -> Result<Picture> {
    prepare_all(uploaded).map(|it| it.0)
}

/// The picture as it is kept, and as many smaller ones as are smaller.
///
/// # Errors
/// `not_a_picture`, with what to do in its detail.
pub(super) fn prepare_all(uploaded: &[u8]) -> Result<(Picture, Vec<(&'static str, Picture)>)> {
    let image = decode(uploaded)?;
    let larger = image.width().max(image.height()) > LONGEST_SIDE;
    let image = if larger {
        image.resize(LONGEST_SIDE, LONGEST_SIDE, FilterType::CatmullRom)
    } else {
        image
    };
    let as_png = is_png(uploaded) || image.color().has_alpha();
    let broken = |error| Error::from(anyhow::Error::new(error));
    let mut kept = encode(&image, as_png).map_err(broken)?;
    if !as_png && is_ours(uploaded, &kept.bytes) {
        kept.bytes = uploaded.to_vec();
    }
    let mut smaller = Vec::new();
    for (name, width) in WIDTHS.into_iter().filter(|it| it.1 < image.width()) {
        let resized = image.resize(width, u32::MAX, FilterType::CatmullRom);
        let picture = encode(&resized, as_png).map_err(broken)?;
        // A drawing of few colours can grow by being made smaller.
        if picture.bytes.len() < kept.bytes.len() {
            smaller.push((name, picture));
        }
    }
    Ok((kept, smaller))
}

fn decode(uploaded: &[u8]) -> Result<DynamicImage> {
    let refused = |why| Error::from(Problem::from(Code::NotAPicture).detail(why));
    let broken = |_| refused("图片打不开，可能没有传完整");
    let mut reader = ImageReader::new(Cursor::new(uploaded)).with_guessed_format()?;
    let mut limits = Limits::default();
    // Four channels of eight bits, with room for the decoder itself.
    limits.max_alloc = Some(MOST_PIXELS * 4 + 64 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(refused("图片的像素太多，请缩小以后再上传"));
    }
    let upright = decoder.orientation().map_err(broken)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(upright);
    Ok(image)
}

/// PNG where lines must stay sharp or something is transparent, JPEG otherwise.
fn encode(image: &DynamicImage, as_png: bool) -> image::ImageResult<Picture> {
    let (width, height) = (image.width(), image.height());
    let mut bytes = Vec::new();
    let content_type = if as_png {
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)?;
        "image/png"
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
        image.to_rgb8().write_with_encoder(encoder)?;
        "image/jpeg"
    };
    Ok(Picture { bytes, content_type, width, height })
}

/// Whether a JPEG is as we write them, so that it comes through any number of installations without
/// losing anything: what stands before its pixels is ours to the byte, nothing stands between or
/// behind them, and there are about as many bytes as we would write.
fn is_ours(uploaded: &[u8], ours: &[u8]) -> bool {
    let Some((head, pixels)) = pixels_of(ours).and_then(|at| uploaded.split_at_checked(at)) else {
        return false;
    };
    let Some(pixels) = pixels.strip_suffix(&[0xff, 0xd9]) else { return false };
    // 0xff within the pixels is written as 0xff 0x00; anything else would be a marker.
    let plain =
        pixels.last() != Some(&0xff) && pixels.windows(2).all(|it| it[0] != 0xff || it[1] == 0);
    let longer = uploaded.len().abs_diff(ours.len());
    ours.starts_with(head) && plain && longer <= ours.len() / 16 + 512
}

/// Where the pixels of a JPEG begin.
fn pixels_of(jpeg: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let [0xff, marker, high, low] = *jpeg.get(at..)?.first_chunk::<4>()? else { return None };
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
        if marker == 0xda {
            return Some(at);
        }
    }
}

fn is_png(uploaded: &[u8]) -> bool {
    matches!(image::guess_format(uploaded), Ok(ImageFormat::Png))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    /// An EXIF segment that says the picture lies on its side, and where it was taken.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut exif =
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"31.7N 119.9E");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn a_photo_is_put_upright_and_forgets_where_it_was_taken() {
        let photo = encoded(&DynamicImage::new_rgb8(40, 20), ImageFormat::Jpeg);
        let kept = prepare(&with_exif(&photo)).unwrap();
        assert_eq!((kept.width, kept.height, kept.content_type), (20, 40, "image/jpeg"));
        assert!(!kept.bytes.windows(4).any(|it| it == b"Exif" || it == b"31.7"));
    }

    #[test]
    fn a_picture_of_ours_stays_as_it_is_and_nothing_comes_along_with_it() {
        let dot = |x: u32, y: u32| image::Rgb([x, y, x * y].map(|it| it.to_le_bytes()[0]));
        let photo = DynamicImage::ImageRgb8(image::RgbImage::from_fn(90, 60, dot));
        let ours = prepare(&encoded(&photo, ImageFormat::Jpeg)).unwrap().bytes;
        assert_eq!(prepare(&ours).unwrap().bytes, ours);
        let end = ours.len() - 2;
        let behind = [&ours[..], b"<script>"].concat();
        let between = [&ours[..end], b"\xff\xfe\x00\x0a<script>", &ours[end..]].concat();
        for changed in [with_exif(&ours), behind, between] {
            let Ok(kept) = prepare(&changed) else { continue };
            assert_ne!(kept.bytes, changed);
            assert!(!kept.bytes.windows(8).any(|it| it == b"<script>"));
        }
    }

    #[test]
    fn a_large_picture_becomes_as_large_as_screens_need() {
        let large = encoded(&DynamicImage::new_rgb8(3200, 1000), ImageFormat::Png);
        let kept = prepare(&large).unwrap();
        assert_eq!((kept.width, kept.height, kept.content_type), (1600, 500, "image/png"));
        let webp = encoded(&DynamicImage::new_rgb8(8, 8), ImageFormat::WebP);
        assert_eq!(prepare(&webp).unwrap().content_type, "image/jpeg");
    }

    #[test]
    fn a_broken_picture_or_a_bomb_is_refused() {
        let png = encoded(&DynamicImage::new_luma8(60_000, 1_000), ImageFormat::Png);
        let Err(Error::Refused(problem)) = prepare(&png) else { panic!("it is refused") };
        assert!(problem.detail.unwrap().contains("像素太多"));
        let jpeg = encoded(&DynamicImage::new_rgb8(64, 64), ImageFormat::Jpeg);
        for broken in [&b"GIF89a"[..], b"", b"\x89PNG\r\n\x1a\n", &jpeg[..20]] {
            assert_eq!(prepare(broken).err().and_then(|it| it.code()), Some(Code::NotAPicture));
        }
    }
}
