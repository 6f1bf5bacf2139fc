//! Reports: on the screen and as a workbook.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
mod written;

use std::{collections::HashMap, io::Read};

use actix_web::{body::to_bytes, http::header};
use shared::{learning::ReportProgress, problem::Code, reports::*};
use uuid::Uuid;
use written::*;

fn all(course: shared::courses::CourseId) -> ShowCourseReport {
    ShowCourseReport { course, organization: None, post: None }
}

/// The files in an archive whose entries are deflated, by name.
fn unzip(archive: &[u8]) -> HashMap<String, String> {
    let short =
        |at: usize| usize::from(u16::from_le_bytes(archive[at..at + 2].try_into().unwrap()));
    let long = |at: usize| {
        usize::try_from(u32::from_le_bytes(archive[at..at + 4].try_into().unwrap())).unwrap()
    };
    let starts = archive.windows(4).enumerate().filter(|(_, it)| it == b"PK\x01\x02");
    let entry = |(at, _)| {
        let name = String::from_utf8(archive[at + 46..at + 46 + short(at + 28)].to_vec()).unwrap();
        let (size, local) = (long(at + 20), long(at + 42));
        let data = local + 30 + short(local + 26) + short(local + 28);
        let mut text = String::new();
        let data = &archive[data..data + size];
        if short(at + 10) == 0 {
            text.push_str(std::str::from_utf8(data).unwrap());
        } else {
            flate2::read::DeflateDecoder::new(data).read_to_string(&mut text).unwrap();
        }
        (name, text)
    };
    starts.map(entry).collect()
}

scene!(a_report_has_a_row_for_everybody_assigned_or_begun, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let due_on = in_days(&world, 7).await;
    let assigned = assigned(&world, course, due_on).await.people;
    for (key, done) in [("wangxiuying", 2), ("lijianguo", 1)] {
        let person = world.person(key).await;
        for lesson in &lessons[..done] {
            let report = ReportProgress {
                lesson: *lesson,
                position: 0,
                watched: vec![],
                reached_end: true,
                ago: 0,
            };
            person.call(report).await.unwrap();
        }
    }
    let officer = world.person("zhengming").await;
    let report = officer.call(all(course)).await.unwrap();
    assert_eq!((report.title.as_str(), report.rows.len()), ("会议室保洁", assigned as usize + 1));
    let row = |name: &str| report.rows.iter().find(|it| it.name == name).unwrap();
    let (wang, li) = (row("王秀英"), row("李建国"));
    assert_eq!((wang.due_on, wang.lessons_finished, wang.lessons), (Some(due_on), 2, 2));
    assert_eq!((li.due_on, li.lessons_finished, li.finished_at), (None, 1, None));
    assert!(wang.finished_at.is_some() && wang.best_score.is_none() && !wang.passed);
    let finished: u32 = report.groups.iter().map(|it| it.finished).sum();
    let people: u32 = report.groups.iter().map(|it| it.people).sum();
    assert_eq!((finished, people), (1, assigned + 1));
    let order: Vec<_> = report.rows.iter().map(|it| (&it.organization, &it.staff_number)).collect();
    assert!(order.is_sorted());
});

scene!(a_report_is_narrowed_by_organisation_and_post, |world| async move {
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    assigned(&world, course, in_days(&world, 7).await).await;
    let officer = world.person("zhengming").await;
    let whole = officer.call(all(course)).await.unwrap();
    let name = &whole.groups[0].organization;
    let organization = Some(world.cast.organization(name));
    let part = officer.call(ShowCourseReport { organization, ..all(course) }).await.unwrap();
    assert_eq!(part.groups, whole.groups[..1]);
    assert!(part.rows.iter().all(|it| it.organization == *name));
    let post = Some(world.cast.post("安全保卫"));
    let none = officer.call(ShowCourseReport { post, ..all(course) }).await.unwrap();
    assert!(none.rows.is_empty() && none.groups.is_empty());
    let unknown = Some(shared::organizations::PostId(Uuid::now_v7()));
    let refused =
        officer.call(ShowCourseReport { post: unknown, ..all(course) }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
});

scene!(only_officers_see_reports, |world| async move {
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let file = format!("/api/console/courses/{course}/report.xlsx");
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let person = world.person(key).await;
        assert_eq!(person.call(all(course)).await.unwrap_err().code, Code::NotAllowed);
        assert_eq!(person.raw("GET", &file, None).await.0, 403);
    }
    assert_eq!(world.stranger().call(all(course)).await.unwrap_err().code, Code::NotSignedIn);
    assert_eq!(world.stranger().raw("GET", &file, None).await.0, 401);
    let officer = world.person("zhengming").await;
    let missing = shared::courses::CourseId(Uuid::now_v7());
    assert_eq!(officer.call(all(missing)).await.unwrap_err().code, Code::NotFound);
    let file = format!("/api/console/courses/{missing}/report.xlsx");
    assert_eq!(officer.raw("GET", &file, None).await.0, 404);
    let file = format!("/api/console/courses/{course}/report.xlsx?post=x");
    assert_eq!(officer.raw("GET", &file, None).await.0, 422);
});

scene!(the_workbook_holds_the_same_rows_and_no_formula, |world| async move {
    let (course, _) = published(&world, details(&world, "会议室/保洁"), two_lessons()).await;
    assigned(&world, course, in_days(&world, 7).await).await;
    world
        .sql("UPDATE people SET name = '=1+cmd|x!A1', staff_number = '00012' WHERE name = '王秀英'")
        .await;
    let officer = world.person("zhengming").await;
    let target = format!("/api/console/courses/{course}/report.xlsx");
    let answer = world.send(officer.request("GET", &target)).await;
    assert_eq!(answer.status(), 200);
    let named = answer.headers().get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap();
    let title = "filename*=UTF-8''%E4%BC%9A%E8%AE%AE%E5%AE%A4_%E4%BF%9D%E6%B4%81";
    assert!(named.starts_with("attachment") && named.contains(title), "{named}");
    let files = unzip(&to_bytes(answer.into_body()).await.unwrap());
    let sheet = &files["xl/worksheets/sheet1.xml"];
    let rows = officer.call(all(course)).await.unwrap().rows;
    assert_eq!(sheet.matches("<row ").count(), rows.len() + 1);
    assert!(!sheet.contains("<f>") && sheet.contains("<pane"));
    let strings = &files["xl/sharedStrings.xml"];
    for text in ["=1+cmd|x!A1", "00012", "工号", "完成期限"] {
        assert!(strings.contains(text), "{text}");
    }
    assert!(files.keys().any(|name| name.contains("chart1.xml")), "{:?}", files.keys());
});
