//! What sort of file it is, by its first bytes and not by its name.

use shared::content::MediaKind;

/// Bytes by which a file's type is recognised.
pub(super) const HEAD: usize = 8 * 1024;

/// Brands of HEIF (ISO/IEC 23008-12) and AVIF, still and moving.
const PHOTO_BRANDS: [&[u8]; 7] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif", b"avis"];

const MEGABYTE: u64 = 1024 * 1024;

/// How a file is to be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Picture,
    Mp4,
    /// A video that no phone plays, but that can be converted.
    OtherVideo,
    Mp3,
    /// Sound in an MP4.
    M4a,
    Pdf,
    /// Word, PowerPoint and their like, with the ending by which they are known.
    Office(&'static str),
}

impl Sort {
    /// Nothing where it is no file of a lesson.
    pub fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"%PDF-") {
            return Some(Self::Pdf);
        }
        // Matroska and WebM.
        if head.starts_with(b"\x1a\x45\xdf\xa3") {
            return Some(Self::OtherVideo);
        }
        if head.starts_with(b"PK\x03\x04") {
            return office(head).map(Self::Office);
        }
        // Photos that share their container with videos.
        let brand = head.get(8..12).filter(|_| head.get(4..8) == Some(b"ftyp"));
        if brand.is_some_and(|it| PHOTO_BRANDS.contains(&it)) {
            return None;
        }
        let kind = infer::get(head).map(|it| it.mime_type()).unwrap_or_default();
        match kind {
            "image/jpeg" | "image/png" | "image/webp" => Some(Self::Picture),
            "audio/mpeg" => Some(Self::Mp3),
            "audio/m4a" => Some(Self::M4a),
            "video/quicktime" | "video/x-m4v" | "video/mp4" => Some(Self::Mp4),
            "application/msword" => Some(Self::Office("doc")),
            "application/vnd.ms-powerpoint" => Some(Self::Office("ppt")),
            other if other.starts_with("image/") => None,
            _ if head.get(4..8) == Some(b"ftyp") => Some(Self::Mp4),
            other if other.starts_with("video/") => Some(Self::OtherVideo),
            _ => None,
        }
    }

    pub fn kind(self) -> MediaKind {
        match self {
            Self::Picture => MediaKind::Image,
            Self::Mp4 | Self::OtherVideo => MediaKind::Video,
            Self::Mp3 | Self::M4a => MediaKind::Audio,
            Self::Pdf | Self::Office(_) => MediaKind::Document,
        }
    }

    /// Bytes at most.
    pub fn largest(self) -> u64 {
        match self.kind() {
            MediaKind::Image => 5 * MEGABYTE,
            MediaKind::Video => shared::media::LARGEST_UPLOAD,
            MediaKind::Audio | MediaKind::Document => 100 * MEGABYTE,
        }
    }
}

/// Which office file a zip is, by the names of the files in it.
fn office(head: &[u8]) -> Option<&'static str> {
    let holds = |name: &[u8]| head.windows(name.len()).any(|it| it == name);
    let packed = holds(b"[Content_Types].xml") || holds(b"_rels/.rels") || holds(b"docProps/");
    match (holds(b"word/"), holds(b"ppt/")) {
        (true, false) if packed => Some("docx"),
        (false, true) if packed => Some("pptx"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (head, sort) in [
            (&b"%PDF-1.7\n"[..], Some(Sort::Pdf)),
            (b"\x00\x00\x00\x18ftypisom\0\0\0\0", Some(Sort::Mp4)),
            (b"\x00\x00\x00\x18ftypM4A \0\0\0\0", Some(Sort::M4a)),
            (b"\x00\x00\x00\x18ftypheic\0\0\0\0heic", None),
            (b"ID3\x04\0\0\0\0\0\0", Some(Sort::Mp3)),
            (b"\x1a\x45\xdf\xa3", Some(Sort::OtherVideo)),
            (b"GIF89a", None),
            (b"<html><script>", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"MZ\x90\0", None),
            (b"PK\x03\x04", None),
            (b"", None),
        ] {
            assert_eq!(Sort::of(head), sort, "{:?}", String::from_utf8_lossy(head));
        }
    }
}
