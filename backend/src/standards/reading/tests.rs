use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::*;

fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        let xml = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        write!(zip, "<?xml version=\"1.0\"?><w:root xmlns:w=\"{xml}\">{text}</w:root>").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn texts(file: &[u8]) -> Vec<String> {
    paragraphs(file).unwrap().into_iter().map(|it| it.text).collect()
}

/// What a refusal says to do.
fn refused(file: &[u8]) -> String {
    let crate::Error::Refused(problem) = paragraphs(file).unwrap_err() else {
        panic!("it is broken")
    };
    assert_eq!(problem.code, Code::NotAStandard);
    problem.detail.unwrap()
}

const STYLES: &str = r#"
    <w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr>
        <w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:numPr>
        <w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
    <w:style w:styleId="T"><w:name w:val="toc 1"/></w:style>"#;

const NUMBERING: &str = r#"
    <w:abstractNum w:abstractNumId="7">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="1"/><w:lvlText w:val="%1"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId="8">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>
        <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
    </w:abstractNum>
    <w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
    <w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num>
    <w:num w:numId="5"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>"#;

fn paragraph(about: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{about}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn listed(list: u32, level: u32, text: &str) -> String {
    let about =
        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    paragraph(&about, text)
}

#[test]
fn the_numbers_that_word_shows_are_read_though_they_stand_nowhere() {
    let styled =
        |style: &str, text: &str| paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), text);
    let body = [
        styled("T", "1 范围 1"),
        styled("1", "范围"),
        styled("1", "要求"),
        styled("2", "人员"),
        listed(3, 2, "持证；"),
        listed(3, 2, "着装 &amp; 仪容。"),
        styled("2", "设备"),
        listed(3, 2, "完好。"),
        listed(4, 0, "总则"),
        listed(4, 1, "一项"),
        listed(5, 0, "附则"),
        styled("1", "检查"),
    ];
    let file = docx(&[
        ("word/document.xml", &body.concat()),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ]);
    assert_eq!(
        texts(&file),
        [
            "1 范围",
            "2 要求",
            "2.1 人员",
            "a) 持证；",
            "b) 着装 & 仪容。",
            "2.2 设备",
            "a) 完好。",
            "第一章 总则",
            "—— 一项",
            "第九章 附则",
            "3 检查",
        ]
    );
    let headings: Vec<_> = paragraphs(&file).unwrap().into_iter().map(|it| it.heading).collect();
    assert_eq!(headings[..3], [Some(1), Some(1), Some(2)]);
}

#[test]
fn tables_are_read_row_by_row_and_text_boxes_and_deletions_once_or_not() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph("", text));
    let row = |one: &str, two: &str| format!("<w:tr>{}{}</w:tr>", cell(one), cell(two));
    let boxed = "<w:p><w:r><w:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:Choice>\
        <w:Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></w:Fallback><w:t>正文</w:t></w:r>\
        <w:del><w:r><w:t>删了</w:t></w:r></w:del></w:p>";
    let body = format!("<w:tbl>{}{}</w:tbl>{boxed}", row("人数", "人员"), row("20人", "1人"));
    assert_eq!(
        texts(&docx(&[("word/document.xml", &body)])),
        ["人数 | 人员", "20人 | 1人", "框", "正文"]
    );
}

/// A PDF of one page with a line for each text, in a font that maps its codes to characters.
fn pdf(texts: &[&str]) -> Vec<u8> {
    let hex = |text: &str| {
        crate::keys::hex(&text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>())
    };
    let lines = texts.iter().enumerate().map(|(at, it)| {
        format!("BT /F 12 Tf 1 0 0 1 50 {} Tm <{}> Tj ET\n", 700 - at * 30, hex(it))
    });
    let content: String = lines.collect();
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def \
        1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange \
        endcmap CMapName currentdict /CMap defineresource pop end end";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".into(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".into(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len() + 1),
        "<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>".into(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
            /DW 1000/FontDescriptor 8 0 R>>"
            .into(),
        format!("<</Length {}>>stream\n{map}\nendstream", map.len() + 1),
        "<</Type/FontDescriptor/FontName/S/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>".into(),
    ];
    let (mut file, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(
        format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF", places.len() + 1)
            .bytes(),
    );
    file
}

#[test]
fn the_text_of_a_pdf_is_read_line_by_line() {
    let read = paragraphs(&pdf(&["1 范围", "1.1 应检查设备。", "3"])).unwrap();
    let texts: Vec<_> = read.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["1 范围", "1.1 应检查设备。"]);
    assert!(read.iter().all(|it| it.broken));
}

#[test]
fn markdown_and_plain_text_are_read_without_their_marks() {
    let text = "---\nnumber: 示例 1\n---\n\n# 标题\n## 1 范围\n\n**应**检查。\n- 一项\n| 人数 | 人员 |\n|---|---|\n| 20 | 1 |\n";
    let read = paragraphs(text.as_bytes()).unwrap();
    let texts: Vec<_> = read.iter().map(|it| (it.text.as_str(), it.heading)).collect();
    assert_eq!(
        texts,
        [
            ("标题", Some(1)),
            ("1 范围", Some(2)),
            ("应检查。", None),
            ("——一项", None),
            ("人数 | 人员", None),
            ("20 | 1", None),
        ]
    );
    let (gbk, _, _) = encoding_rs::GBK.encode("1 范围");
    let read: Vec<_> = paragraphs(&gbk).unwrap().into_iter().map(|it| it.text).collect();
    assert_eq!(read, ["1 范围"]);
}

#[test]
fn hostile_and_useless_files_are_refused_with_what_to_do() {
    let entity = "<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>";
    let mut declared = ZipWriter::new(Cursor::new(Vec::new()));
    declared.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    declared.write_all(entity.as_bytes()).unwrap();
    let declared = declared.finish().unwrap().into_inner();
    let deep = format!("{}{}", "<w:p>".repeat(300), "</w:p>".repeat(300));
    let bomb = "0".repeat(80 << 20);
    for (file, says) in [
        (Vec::new(), "空的"),
        (b"PK\x03\x04broken".to_vec(), "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(), "另存为 .docx"),
        (docx(&[("xl/workbook.xml", "")]), "不是 Word"),
        (docx(&[("word/document.xml", "<w:p></w:q>")]), "打不开"),
        (docx(&[("word/document.xml", &deep)]), "打不开"),
        (docx(&[("word/document.xml", &bomb)]), "大得不正常"),
        (declared, "打不开"),
        (b"%PDF-1.7 garbage".to_vec(), "读不出来"),
        (b"%PDF-1.7 <</Encrypt 4 0 R>>".to_vec(), "密码"),
        (b"\x89PNG\r\n\x1a\n\0\0\0".to_vec(), "不是能读的文件"),
        (b"\n \n".to_vec(), "没有文字"),
    ] {
        let detail = refused(&file);
        assert!(detail.contains(says), "{says}: {detail}");
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n one";
const JPEG: &[u8] = b"\xff\xd8\xff two";
const METAFILE: &[u8] = b"\xd7\xcd\xc6\x9a three";

/// A Word file with pictures; names of relations lead to parts.
fn pictured(body: &str, relations: &[(&str, &str)], media: &[(&str, &[u8])]) -> Vec<u8> {
    let relation = |(id, target): &(&str, &str)| {
        let mode = if target.contains("://") { "External" } else { "Internal" };
        format!("<Relationship Id=\"{id}\" Target=\"{target}\" TargetMode=\"{mode}\"/>")
    };
    let relations: String = relations.iter().map(relation).collect();
    let text = docx(&[("word/document.xml", body), ("word/_rels/document.xml.rels", &relations)]);
    let mut zip = ZipWriter::new_append(Cursor::new(text)).unwrap();
    for (name, bytes) in media {
        // As they are: what unpacks to many times its size is refused as a whole.
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(*name, stored).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn drawn(id: &str, alt: &str) -> String {
    format!("<w:r><w:drawing><docPr descr=\"{alt}\"/><blip embed=\"{id}\"/></w:drawing></w:r>")
}

/// The text of each line with its pictures.
fn shown(file: &[u8]) -> Vec<(String, Vec<Placed>)> {
    paragraphs(file).unwrap().into_iter().map(|it| (it.text, it.pictures)).collect()
}

#[test]
fn pictures_of_a_word_file_are_read_where_they_stand() {
    let alone = |id: &str| format!("<w:p>{}</w:p>", drawn(id, "相片.PNG"));
    let within = format!(
        "<w:tbl><w:tr><w:tc><w:p>{}<w:r><w:t>格</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:pict>\
         <shape alt=\"旧图\"/><imagedata id=\"b\"/></w:pict></w:r></w:p></w:tc></w:tr></w:tbl>",
        drawn("c", "")
    );
    let twice = format!(
        "<w:p><w:r><w:t>前</w:t></w:r><w:Choice>{}</w:Choice><w:Fallback>{}</w:Fallback>\
         <w:del>{}</w:del></w:p>",
        drawn("a", "拿法"),
        drawn("b", ""),
        drawn("b", "")
    );
    let chart = "<w:p><w:r><chart id=\"z\"/></w:r></w:p>";
    let body = [alone("a"), twice, alone("b"), within, alone("far"), chart.into()].concat();
    let relations = [
        ("a", "media/1.png"),
        ("b", "/word/media/2.jpg"),
        ("c", "media/3.wmf"),
        ("far", "https://example.com/4.png"),
    ];
    let media =
        [("word/media/1.png", PNG), ("word/media/2.jpg", JPEG), ("word/media/3.wmf", METAFILE)];
    let file = pictured(&body, &relations, &media);
    let some = |picture, alt: &str| Placed { picture, alt: alt.to_owned() };
    assert_eq!(
        shown(&file),
        [
            ("前".to_owned(), vec![some(Some(0), "拿法"), some(Some(1), "")]),
            (
                "格 | ".to_owned(),
                vec![some(None, ""), some(Some(1), "旧图"), some(None, ""), some(None, "")]
            ),
        ],
        "what stands above the first line belongs to nothing"
    );
    let images = read(&file).unwrap().1.unwrap();
    assert_eq!(images, [Image(PNG.to_vec()), Image(JPEG.to_vec())], "each once");
    let sent = serde_json::to_string(&images).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Image>>(&sent).unwrap(), images);
}

#[test]
fn pictures_are_read_within_bounds_and_text_goes_on_beyond() {
    let large = [PNG, &[7].repeat(5 << 20)].concat();
    let one = |id: &str| format!("<w:p><w:r><w:t>字</w:t></w:r>{}</w:p>", drawn(id, ""));
    let body = format!("{}{}", one("large"), one("a").repeat(250));
    let relations = [("large", "media/0.png"), ("a", "media/1.png")];
    let media = [("word/media/0.png", &*large), ("word/media/1.png", PNG)];
    let file = pictured(&body, &relations, &media);
    let lines = paragraphs(&file).unwrap();
    let kept = lines.iter().flat_map(|it| &it.pictures).filter(|it| it.picture.is_some()).count();
    assert_eq!((lines.len(), kept, lines[0].pictures[0].picture), (251, 199, None));
}
