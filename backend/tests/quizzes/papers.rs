//! An examination paper as it stands in Word becomes questions.

use std::io::{Cursor, Write};

use shared::{authoring::*, quizzes::*};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::prepared::*;

/// Numbered by Word itself: its paragraphs do not say their numbers.
fn word(paragraphs: &[(Option<u8>, &str)]) -> Vec<u8> {
    let paragraph = |(level, text): &(Option<u8>, &str)| {
        let numbered = level.map(|level| {
            format!(
                r#"<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>"#
            )
        });
        format!("<w:p>{}<w:r><w:t>{text}</w:t></w:r></w:p>", numbered.unwrap_or_default())
    };
    let body: String = paragraphs.iter().map(paragraph).collect();
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let level = |at: u8, format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let levels = level(0, "decimal", "%1.") + &level(1, "upperLetter", "%2.");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("word/document.xml", format!("<w:document {space}><w:body>{body}</w:body></w:document>")),
        (
            "word/numbering.xml",
            format!(
                r#"<w:numbering {space}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
            ),
        ),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

scene!(a_paper_comes_in_from_word_and_from_the_clipboard_alike, |world| async move {
    let course = drafted(&world, QuizSettings { attempts: 3, ..QuizSettings::default() }).await;
    let text = "一、单选题\n1. 先做什么？（A）\nA. 放牌子\nB. 开窗\n\
                二、判断题\n1. 湿手可以拔插头。（×）\n解析：会触电";
    let file = word(&[
        (None, "一、单选题"),
        (Some(0), "先做什么？（A）"),
        (Some(1), "放牌子"),
        (Some(1), "开窗"),
        (None, "二、判断题"),
        (None, "1. 湿手可以拔插头。（×）"),
        (None, "解析：会触电"),
    ]);
    let officer = world.person("zhengming").await;
    let pasted = officer.call(PreviewQuestions { course, text: text.into() }).await.unwrap();
    let target = format!("/api/console/courses/{course}/quiz/imports");
    let (status, sent) = officer.upload(&target, "试卷.docx", &file).await;
    assert_eq!(status, 200, "{sent}");
    let sent: QuestionPreview = serde_json::from_value(sent).unwrap();
    for preview in [&pasted, &sent] {
        assert_eq!(preview.problems, []);
        let [first, second] = &preview.questions[..] else { panic!("{preview:?}") };
        assert_eq!((first.row, first.question.kind), (2, QuestionKind::Single));
        assert_eq!(first.question.stem, "先做什么？（　）", "the key stays out of the question");
        assert_eq!(first.question.explanation, "正确答案：放牌子。");
        assert_eq!(second.question.explanation, "会触电");
        assert_eq!((first.unexplained, second.unexplained), (true, false));
    }
    let questions = pasted.questions.into_iter().map(|it| it.question).collect();
    officer.call(AddQuestions { course, questions }).await.unwrap();
    let draft = officer.call(ShowQuizDraft { course }).await.unwrap();
    assert_eq!(draft.questions.len(), 5);
});

scene!(a_broken_word_file_is_refused_with_what_to_do, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let target = format!("/api/console/courses/{course}/quiz/imports");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<w:document><w:body><w:p>").unwrap();
    let broken = zip.finish().unwrap().into_inner();
    let (status, problem) = officer.upload(&target, "试卷.docx", &broken).await;
    assert_eq!((status, problem["code"].as_str()), (422, Some("not_a_sheet")));
    assert!(problem["detail"].as_str().unwrap().contains("粘贴到下面的框里"), "{problem}");
    let (_, problem) = officer.upload(&target, "试卷.docx", &word(&[(None, "没有题")])).await;
    assert!(problem["detail"].as_str().unwrap().contains("题号"), "{problem}");
});
