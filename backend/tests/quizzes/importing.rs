//! Questions that are brought in many at once: what is read, what is said about it, what goes in.

use std::io::{Cursor, Write};

use actix_web::body::to_bytes;
use rust_xlsxwriter::Workbook;
use shared::{authoring::*, courses::CourseId, problem::Code, quizzes::*};
use uuid::Uuid;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{prepared::*, scene::World};

const TABLE: &str = "题型,题干,选项A,选项B,选项C,答案,解析\n\
    单选,先做什么？,放牌子,开窗,关灯,A,人才知道地滑\n\
    多选,哪些有害？,灯管,果皮,电池,AC,有害垃圾\n\
    判断,湿手可以拔插头。,,,,错,会触电\n";

async fn sent(world: &World, key: &str, course: CourseId, file: &[u8]) -> (u16, serde_json::Value) {
    let target = format!("/api/console/courses/{course}/quiz/imports");
    world.person(key).await.upload(&target, "题目.xlsx", file).await
}

/// What the console shows of a file.
async fn previewed(world: &World, course: CourseId, file: &[u8]) -> QuestionPreview {
    let (status, preview) = sent(world, "zhengming", course, file).await;
    assert_eq!(status, 200, "{preview}");
    serde_json::from_value(preview).unwrap()
}

fn stems(preview: &QuestionPreview) -> Vec<&str> {
    preview.questions.iter().map(|it| it.question.stem.as_str()).collect()
}

fn chosen(preview: &QuestionPreview, course: CourseId, which: &[usize]) -> AddQuestions {
    let questions = which.iter().map(|at| preview.questions[*at].question.clone()).collect();
    AddQuestions { course, questions }
}

fn workbook(text: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(text.lines()) {
        for (at, cell) in (0..).zip(line.split(',')).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, at, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

scene!(a_file_is_read_whether_workbook_or_text_in_any_encoding, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let marked = [b"\xef\xbb\xbf", TABLE.as_bytes()].concat();
    let gbk = encoding_rs::GBK.encode(TABLE).0.into_owned();
    for file in [workbook(TABLE), TABLE.as_bytes().to_vec(), marked, gbk] {
        let preview = previewed(&world, course, &file).await;
        assert_eq!(preview.problems, []);
        assert_eq!(stems(&preview), ["先做什么？", "哪些有害？", "湿手可以拔插头。"]);
        let rows: Vec<_> = preview.questions.iter().map(|it| it.row).collect();
        assert_eq!((rows, preview.room), (vec![2, 3, 4], 97));
    }
    assert_eq!(rows(&world, "questions").await, 3, "a preview stores nothing");
});

scene!(text_in_the_format_gift_is_read_from_a_file_and_from_the_clipboard, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let text = "先做什么？{=放牌子 ~开窗 ####人才知道地滑}\n\n谁先下班？{=甲 =乙}\n\n\
                湿手可以拔插头。{F####会触电}\n";
    let officer = world.person("zhengming").await;
    let pasted = officer.call(PreviewQuestions { course, text: text.into() }).await.unwrap();
    for preview in [previewed(&world, course, text.as_bytes()).await, pasted] {
        assert_eq!(stems(&preview), ["先做什么？", "湿手可以拔插头。"]);
        assert_eq!((preview.problems.len(), preview.problems[0].row), (1, 3));
        assert!(preview.problems[0].message.contains("填空题"));
    }
    let tabs = TABLE.replace(',', "\t");
    let copied = officer.call(PreviewQuestions { course, text: tabs }).await.unwrap();
    assert_eq!((copied.questions.len(), copied.problems.len()), (3, 0));
});

scene!(the_chosen_questions_go_into_the_draft_after_those_that_are_there, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let before = officer.call(ShowQuizDraft { course }).await.unwrap();
    let file = format!("{TABLE}单选,少了答案,甲,乙,,,因为\n");
    let preview = previewed(&world, course, file.as_bytes()).await;
    assert_eq!((preview.problems.len(), preview.problems[0].row), (1, 5));
    assert_eq!(preview.problems[0].column, Some(QuestionColumn::Answer));

    let draft = officer.call(chosen(&preview, course, &[0, 2])).await.unwrap();
    assert_eq!((draft.version, draft.questions.len()), (before.version + 1, 5));
    assert_eq!(draft.questions[..3], before.questions);
    assert_eq!(draft.questions[3], preview.questions[0].question);
    assert_eq!(draft.questions[4], preview.questions[2].question);
    let save = SaveQuizDraft {
        course,
        version: draft.version,
        settings: draft.settings.clone(),
        questions: draft.questions.clone(),
    };
    let saved = officer.call(save).await.unwrap();
    assert_eq!(saved.questions, draft.questions, "the editor goes on with them");
});

scene!(what_is_sent_twice_is_added_once, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let preview = previewed(&world, course, TABLE.as_bytes()).await;
    let both = [0, 1].as_slice();
    let (first, second) = futures_util::join!(
        officer.call(chosen(&preview, course, both)),
        officer.call(chosen(&preview, course, both))
    );
    assert_eq!((first.unwrap().questions.len(), second.unwrap().questions.len()), (5, 5));
    let again = officer.call(chosen(&preview, course, &[0, 1, 2])).await.unwrap();
    assert_eq!((again.questions.len(), again.version), (6, 3), "only what was not there");

    let mut without = again.clone();
    without.questions.truncate(3);
    let QuizDraft { version, settings, questions, .. } = without;
    officer.call(SaveQuizDraft { course, version, settings, questions }).await.unwrap();
    let late = officer.call(chosen(&preview, course, both)).await.unwrap();
    assert_eq!(late.questions.len(), 3, "nor what was taken out since");
});

scene!(what_is_sent_into_two_courses_at_once_goes_into_one_of_them, |world| async move {
    let officer = world.person("zhengming").await;
    for _ in 0..5 {
        let courses = [
            drafted(&world, QuizSettings::default()).await,
            drafted(&world, QuizSettings::default()).await,
        ];
        let preview = previewed(&world, courses[0], TABLE.as_bytes()).await;
        let (one, other) = futures_util::join!(
            officer.call(chosen(&preview, courses[0], &[0, 1, 2])),
            officer.call(chosen(&preview, courses[1], &[2, 1, 0]))
        );
        let (added, refused) = match (one, other) {
            (Ok(added), Err(refused)) | (Err(refused), Ok(added)) => (added, refused),
            both => panic!("{both:?}"),
        };
        assert_eq!(added.questions.len(), 6);
        assert_eq!((refused.code, &*refused.fields[0].field), (Code::InvalidRequest, "questions"));
    }
});

scene!(a_question_that_is_asked_already_is_named, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let file = "题型,题干,选项A,选项B,答案,解析\n判断,这是 判断题？,,,对,因为\n判断,新题,,,对,因为\n\
                单选,新 题。,甲,乙,A,因为\n";
    let preview = previewed(&world, course, file.as_bytes()).await;
    let same: Vec<_> = preview.questions.iter().map(|it| it.same_as.as_deref()).collect();
    assert_eq!(same, [Some("测验里的第 3 题"), None, Some("这份题目的第 3 行")]);
});

scene!(whoever_brings_questions_in_has_written_the_course, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let preview = previewed(&world, course, TABLE.as_bytes()).await;
    let colleague = world.person("fanghui").await;
    assert_eq!(rows(&world, "course_writers").await, 1);
    colleague.call(chosen(&preview, course, &[0])).await.unwrap();
    assert_eq!(rows(&world, "course_writers").await, 2, "and does not check it");
});

scene!(a_course_without_a_quiz_gets_one, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    for table in ["question_keys", "question_versions", "questions", "quizzes"] {
        world.sql(&format!("DELETE FROM {table}")).await;
    }
    let preview = previewed(&world, course, TABLE.as_bytes()).await;
    let officer = world.person("zhengming").await;
    let draft = officer.call(chosen(&preview, course, &[1])).await.unwrap();
    assert_eq!((draft.version, draft.questions.len()), (1, 1));
    assert_eq!(draft.settings, QuizSettings::default());
});

scene!(what_the_editor_would_refuse_does_not_get_in_this_way, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let preview = previewed(&world, course, TABLE.as_bytes()).await;
    let sound = chosen(&preview, course, &[0, 1]).questions;
    let fields = async |questions: Vec<QuestionDraft>| -> Vec<String> {
        let refused = officer.call(AddQuestions { course, questions }).await.unwrap_err();
        assert_eq!(refused.code, Code::InvalidRequest);
        refused.fields.into_iter().map(|it| it.field).collect()
    };
    let mut bad = sound.clone();
    bad[1].stem = " ".into();
    bad[1].options[0].correct = false;
    assert_eq!(fields(bad).await, ["questions[1].stem", "questions[1].options"]);
    let mut nameless = sound.clone();
    nameless[0].id = None;
    assert_eq!(fields(nameless).await, ["questions[0].id"]);
    let twice = vec![sound[0].clone(), sound[0].clone()];
    assert_eq!(fields(twice).await, ["questions[1].id"]);
    assert_eq!(fields(Vec::new()).await, ["questions"]);
    let many =
        (0..98).map(|_| QuestionDraft { id: Some(QuestionId(Uuid::now_v7())), ..sound[0].clone() });
    assert_eq!(fields(many.collect()).await, ["questions"], "98 and 3 are more than a quiz takes");
    let other = drafted(&world, QuizSettings::default()).await;
    officer.call(AddQuestions { course: other, questions: sound.clone() }).await.unwrap();
    assert_eq!(fields(sound).await, ["questions"], "they are another quiz's now");
    assert_eq!(rows(&world, "questions").await, 8);
});

scene!(nobody_reads_or_writes_into_a_course_out_of_reach, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let preview = previewed(&world, course, TABLE.as_bytes()).await;
    world.make_near_officer().await;
    for (key, code) in [("liuqiang", Code::NotFound), ("wangxiuying", Code::NotAllowed)] {
        let (person, text) = (world.person(key).await, "甲？{T####因为}".to_owned());
        let refused = person.call(PreviewQuestions { course, text }).await.unwrap_err();
        assert_eq!(refused.code, code, "{key}");
        let refused = person.call(chosen(&preview, course, &[0])).await.unwrap_err();
        assert_eq!(refused.code, code, "{key}");
        let (_, refused) = sent(&world, key, course, TABLE.as_bytes()).await;
        assert_eq!(refused["code"], serde_json::to_value(code).unwrap(), "{key}");
    }
    assert_eq!(rows(&world, "questions").await, 3);
});

scene!(a_file_that_cannot_be_used_is_refused_with_what_to_do, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    bomb.write_all(&vec![b' '; 32 << 20]).unwrap();
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 200_000);
    let many = format!("{TABLE}{}", "判断,甲,,,,对,因为\n".repeat(500));
    for (file, says) in [
        (&bomb[..], "大得不正常"),
        (b"", "空的"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "不是 Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"),
        ("甲,乙\n1,2\n".as_bytes(), "没有找到表头"),
        (many.as_bytes(), "最多导入 500 题"),
        (&vec![b'x'; 2 * 1024 * 1024 + 1], "2 MB"),
    ] {
        let (status, problem) = sent(&world, "zhengming", course, file).await;
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(says), "{says}: {problem}");
        assert_eq!(status, 422);
    }
});

scene!(the_template_comes_back_as_its_examples, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let officer = world.person("zhengming").await;
    let target = "/api/console/question-template.xlsx";
    let answer = world.send(officer.request("GET", target)).await;
    assert_eq!(answer.status(), 200);
    let file = to_bytes(answer.into_body()).await.unwrap();
    let preview = previewed(&world, course, &file).await;
    assert_eq!((preview.questions.len(), preview.problems.len()), (3, 0));
    let wang = world.person("wangxiuying").await;
    let answer = world.send(wang.request("GET", target)).await;
    assert_eq!(answer.status(), 403);
});

scene!(the_audit_log_knows_how_many_were_brought_in_and_no_answer, |world| async move {
    let course = drafted(&world, QuizSettings::default()).await;
    let preview = previewed(&world, course, TABLE.as_bytes()).await;
    let officer = world.person("zhengming").await;
    officer.call(chosen(&preview, course, &[0, 1])).await.unwrap();
    officer.call(chosen(&preview, course, &[0, 1])).await.unwrap();
    let records = rows(
        &world,
        "audit_pending WHERE canonical LIKE '%questions_imported%' AND canonical LIKE '%\"questions\":2%'",
    );
    assert_eq!(records.await, 1, "the second time nothing was done");
    for told in ["放牌子", "地滑", "灯管"] {
        let told = format!("audit_pending WHERE canonical LIKE '%{told}%'");
        assert_eq!(rows(&world, &told).await, 0);
    }
});
