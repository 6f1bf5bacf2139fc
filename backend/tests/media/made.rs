//! Files made by hand, down to the byte.

use std::{fmt::Write as _, io::Write as _};

/// A box of an MP4.
pub fn boxed(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [&size, kind.as_slice(), content].concat()
}

/// A PDF with one page of each of these sizes, with a red square on it.
pub fn pdf(pages: &[(u32, u32)], catalog: &str) -> Vec<u8> {
    let square = "1 0 0 rg 10 10 80 80 re f";
    let kids: Vec<String> = (0..pages.len()).map(|it| format!("{} 0 R", it + 4)).collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        format!("<< /Length {} >>\nstream\n{square}\nendstream", square.len()),
    ];
    objects.extend(pages.iter().map(|(width, height)| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 3 0 R \
             /Resources << >> >>"
        )
    }));
    let (mut file, mut places) = (String::from("%PDF-1.4\n"), Vec::new());
    for (object, number) in objects.iter().zip(1..) {
        places.push(file.len());
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let table = file.len();
    let size = objects.len() + 1;
    write!(file, "xref\n0 {size}\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    file.into_bytes()
}

/// The same MP4, saying that it lasts so many seconds.
pub fn lasting(mut video: Vec<u8>, seconds: u32) -> Vec<u8> {
    let header = video.windows(4).position(|it| it == b"mvhd").unwrap() + 4;
    let scale = video[header + 12..header + 16].try_into().map(u32::from_be_bytes).unwrap();
    video[header + 16..header + 20].copy_from_slice(&(scale * seconds).to_be_bytes());
    video
}

/// A recording of so many frames of 26 ms.
pub fn mp3(frames: usize) -> Vec<u8> {
    [vec![0xff, 0xfb, 0x90, 0x00], vec![7; 413]].concat().repeat(frames)
}

/// A zip of these files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The head of a PNG that says it is so large, with nothing behind it.
pub fn png_head(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(content);
        [&length, kind.as_slice(), content, &crc.sum().to_be_bytes()].concat()
    };
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), chunk(b"IEND", b"")].concat()
}
