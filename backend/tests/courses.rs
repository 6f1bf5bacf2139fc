//! Courses: what learners see, and how officers write, publish and assign them.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;

#[path = "courses/limits.rs"]
mod limits;
#[path = "courses/lists.rs"]
mod lists;
#[path = "courses/placing.rs"]
mod placing;
#[path = "courses/removing.rs"]
mod removing;
mod written;

use scene::Person;
use shared::{
    api::Endpoint,
    authoring::*,
    content::*,
    courses::*,
    notifications::ListInbox,
    problem::{Code, Problem},
    revisions::*,
};
use uuid::Uuid;
use written::*;

fn titles(page: &shared::page::Page<CourseCard>) -> Vec<&str> {
    page.items.iter().map(|it| it.title.as_str()).collect()
}

fn named(problem: &Problem) -> Vec<&str> {
    problem.fields.iter().map(|it| it.field.as_str()).collect()
}

async fn code<E: Endpoint>(person: &Person<'_>, request: E) -> Code
where
    E::Response: std::fmt::Debug,
{
    person.call(request).await.unwrap_err().code
}

scene!(learners_see_a_course_from_its_publication_until_it_is_retired, |world| async move {
    let wang = world.person("wangxiuying").await;
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let lesson = lessons[0];
    let unseen = async || {
        assert!(wang.call(ListCourses::default()).await.unwrap().items.is_empty());
        assert_eq!(code(&wang, ShowCourse { course }).await, Code::NotFound);
        assert_eq!(code(&wang, ShowLesson { lesson }).await, Code::NotFound);
    };
    unseen().await;
    let officer = world.person("zhengming").await;
    publish(&world, course).await;
    assert_eq!(titles(&wang.call(ListCourses::default()).await.unwrap()), ["会议室保洁"]);
    let shown = wang.call(ShowCourse { course }).await.unwrap();
    let card = &shown.chapters[0].lessons[1];
    assert_eq!((card.title.as_str(), card.kind, card.minutes), ("擦会议桌", LessonKind::Steps, 8));
    assert_eq!((shown.next_lesson, shown.card.progress.minutes_left), (Some(lesson), 15));
    let first = wang.call(ShowLesson { lesson }).await.unwrap();
    assert_eq!((first.course_title.as_str(), first.content), ("会议室保洁", article()));
    assert_eq!((first.previous, first.next), (None, Some(lessons[1])));
    officer.call(RetireCourse { course }).await.unwrap();
    unseen().await;
});

scene!(a_stranger_sees_no_course, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let stranger = world.stranger();
    assert_eq!(code(&stranger, ListCourses::default()).await, Code::NotSignedIn);
    assert_eq!(code(&stranger, ShowCourse { course }).await, Code::NotSignedIn);
    assert_eq!(code(&stranger, ShowLesson { lesson: lessons[0] }).await, Code::NotSignedIn);
});

scene!(the_own_posts_courses_come_first_then_the_newest_page_by_page, |world| async move {
    let mut expected = (Vec::new(), Vec::new());
    for number in 0..23 {
        let mut details = details(&world, &format!("课程 {number}"));
        if number % 3 == 0 {
            expected.0.insert(0, details.title.clone());
        } else {
            details.posts = vec![world.cast.post("安全保卫")];
            expected.1.insert(0, details.title.clone());
        }
        published(&world, details, two_lessons()).await;
    }
    let wang = world.person("wangxiuying").await;
    let first = wang.call(ListCourses::default()).await.unwrap();
    assert_eq!(first.items.len(), 20);
    let second = ListCourses { cursor: first.next.clone(), ..ListCourses::default() };
    let second = wang.call(second).await.unwrap();
    assert_eq!(second.next, None);
    let seen: Vec<&str> = titles(&first).into_iter().chain(titles(&second)).collect();
    assert_eq!(seen, [expected.0, expected.1].concat());
    let wrong = ListCourses { cursor: Some("x".into()), ..ListCourses::default() };
    assert_eq!(named(&wang.call(wrong).await.unwrap_err()), ["cursor"]);
    let search = Some("长".repeat(101));
    let wrong = ListCourses { search, ..ListCourses::default() };
    assert_eq!(named(&wang.call(wrong).await.unwrap_err()), ["search"]);
});

scene!(a_list_is_narrowed_by_cell_post_and_words, |world| async move {
    let cleaning = details(&world, "会议室保洁 100%");
    published(&world, cleaning.clone(), two_lessons()).await;
    let norms = CourseDetails {
        title: "Fire 安全_规范".into(),
        summary: "管理人员用".into(),
        level: CourseLevel::Management,
        category: CourseCategory::ManagementNorms,
        qualification: String::new(),
        posts: Vec::new(),
        cover: None,
    };
    published(&world, norms, two_lessons()).await;
    let wang = world.person("wangxiuying").await;
    let find = async |request| {
        let page = wang.call(request).await.unwrap();
        titles(&page).iter().map(|it| it.chars().next().unwrap()).collect::<String>()
    };
    let all = ListCourses::default;
    assert_eq!(find(ListCourses { level: Some(CourseLevel::Management), ..all() }).await, "F");
    assert_eq!(
        find(ListCourses { category: Some(CourseCategory::PostSkills), ..all() }).await,
        "会"
    );
    let post = Some(world.cast.post("卫生保洁"));
    assert_eq!(find(ListCourses { post, ..all() }).await, "会");
    for (words, found) in [
        ("会议室", "会"),
        ("抹布 保洁", "会"),
        ("fire", "F"),
        ("100%", "会"),
        ("%", "会"),
        ("_", "F"),
        ("\\", ""),
        ("会议室 管理", ""),
        ("  ", "会F"),
        ("\0", "会F"),
        ("' OR 1=1 --", ""),
    ] {
        let search = Some(words.to_owned());
        assert_eq!(find(ListCourses { search, ..all() }).await, found, "{words:?}");
    }
});

scene!(an_officer_writes_a_course_from_nothing_and_publishes_it, |world| async move {
    let officer = world.person("zhengming").await;
    let details = details(&world, " 卫生间保洁 ");
    let draft = officer.call(CreateCourse { details: details.clone() }).await.unwrap();
    let course = draft.id;
    assert_eq!((draft.status, draft.details.title.as_str()), (CourseStatus::Draft, "卫生间保洁"));
    for title in ["收尾", "准备"] {
        officer.call(AddChapter { course, title: title.into() }).await.unwrap();
    }
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    let second = draft.chapters[1].id;
    let save = SaveChapter { chapter: second, title: "先准备".into(), position: 1 };
    let draft = officer.call(save).await.unwrap();
    let chapters: Vec<&str> = draft.chapters.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(chapters, ["先准备", "收尾"]);
    for chapter in &draft.chapters {
        let add =
            AddLesson { chapter: chapter.id, title: "配药水".into(), kind: LessonKind::Article };
        let lesson = officer.call(add).await.unwrap();
        assert_eq!((lesson.course, lesson.version, lesson.position), (course, 1, 1));
        let save = SaveLesson {
            lesson: lesson.id,
            version: 1,
            title: "配一桶药水".into(),
            minutes: 6,
            position: Some(1),
            content: article(),
        };
        let saved = officer.call(save).await.unwrap();
        assert_eq!((saved.version, saved.minutes, &saved.content), (2, 6, &article()));
        assert_eq!(officer.call(ShowLessonDraft { lesson: lesson.id }).await.unwrap(), saved);
    }
    let save = SaveCourseDetails { course, version: draft.version, details };
    let draft = officer.call(save).await.unwrap();
    assert_eq!((draft.version, draft.missing.as_slice()), (2, &[][..]));
    let note = "第一次发布".to_owned();
    let revision = officer.call(SubmitRevision { course, note }).await.unwrap().id;
    let colleague = world.person("fanghui").await;
    colleague.call(CheckRevision { revision }).await.unwrap();
    colleague.call(ApproveRevision { revision }).await.unwrap();
    waive(&world, course).await;
    let draft = officer.call(PublishCourse::now(course)).await.unwrap();
    assert_eq!(
        (draft.status, draft.live, draft.changed),
        (CourseStatus::Published, Some(1), false)
    );
    let listed = officer.call(ListManagedCourses::default()).await.unwrap().items;
    let posts = listed[0].posts.join(" ");
    assert_eq!((listed[0].lessons, posts.as_str()), (2, "卫生保洁"));
    let chapter = draft.chapters[1].id;
    let draft = officer.call(RemoveChapter { chapter }).await.unwrap();
    assert_eq!(draft.chapters.len(), 1);
    let level = Some(CourseLevel::Decision);
    let of_level = ListManagedCourses { level, ..ListManagedCourses::default() };
    assert!(officer.call(of_level).await.unwrap().items.is_empty());
});

scene!(only_officers_enter_by_the_consoles_doors, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let chapter = officer.call(ShowCourseDraft { course }).await.unwrap().chapters[0].id;
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let other = world.person(key).await;
        let details = || details(&world, "改");
        let lesson = lessons[0];
        let title = || "改".to_owned();
        let due_on = in_days(&world, 1).await;
        let save = SaveLesson {
            lesson,
            version: 2,
            title: title(),
            minutes: 1,
            position: Some(1),
            content: article(),
        };
        let add = AddLesson { chapter, title: title(), kind: LessonKind::Video };
        let assign = AssignCourse {
            course,
            posts: vec![],
            organizations: vec![],
            due_on,
            teams: vec![],
            people: vec![],
        };
        for refused in [
            code(&other, ListManagedCourses::default()).await,
            code(&other, CountManagedCourses {}).await,
            code(&other, CreateCourse { details: details() }).await,
            code(&other, ShowCourseDraft { course }).await,
            code(&other, SaveCourseDetails { course, version: 1, details: details() }).await,
            code(&other, PublishCourse::now(course)).await,
            code(&other, RetireCourse { course }).await,
            code(&other, AddChapter { course, title: title() }).await,
            code(&other, SaveChapter { chapter, title: title(), position: 1 }).await,
            code(&other, RemoveChapter { chapter }).await,
            code(&other, add).await,
            code(&other, ShowLessonDraft { lesson }).await,
            code(&other, save).await,
            code(&other, RemoveLesson { lesson }).await,
            code(&other, assign).await,
            code(&other, ListAssignments { course }).await,
        ] {
            assert_eq!(refused, Code::NotAllowed);
        }
    }
    assert_eq!(code(&world.stranger(), RemoveChapter { chapter }).await, Code::NotSignedIn);
});

scene!(what_does_not_exist_is_not_found, |world| async move {
    let officer = world.person("zhengming").await;
    let (course, chapter) = (CourseId(Uuid::now_v7()), ChapterId(Uuid::now_v7()));
    let lesson = LessonId(Uuid::now_v7());
    let title = || "新".to_owned();
    let due_on = in_days(&world, 1).await;
    let posts = vec![world.cast.post("卫生保洁")];
    let save = SaveLesson {
        lesson,
        version: 1,
        title: title(),
        minutes: 1,
        position: Some(1),
        content: article(),
    };
    let details = details(&world, "新");
    for refused in [
        code(&officer, ShowCourse { course }).await,
        code(&officer, ShowLesson { lesson }).await,
        code(&officer, ShowCourseDraft { course }).await,
        code(&officer, SaveCourseDetails { course, version: 1, details }).await,
        code(&officer, PublishCourse::now(course)).await,
        code(&officer, RetireCourse { course }).await,
        code(&officer, AddChapter { course, title: title() }).await,
        code(&officer, SaveChapter { chapter, title: title(), position: 1 }).await,
        code(&officer, RemoveChapter { chapter }).await,
        code(&officer, AddLesson { chapter, title: title(), kind: LessonKind::Steps }).await,
        code(&officer, ShowLessonDraft { lesson }).await,
        code(&officer, save).await,
        code(&officer, RemoveLesson { lesson }).await,
        code(
            &officer,
            AssignCourse {
                course,
                posts,
                organizations: vec![],
                due_on,
                teams: vec![],
                people: vec![],
            },
        )
        .await,
        code(&officer, ListAssignments { course }).await,
    ] {
        assert_eq!(refused, Code::NotFound);
    }
    let (status, problem) = officer.raw("GET", "/api/courses/x", None).await;
    assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some("course")));
});

scene!(publishing_names_everything_that_is_missing, |world| async move {
    let officer = world.person("zhengming").await;
    let bare = CourseDetails { posts: Vec::new(), ..details(&world, "空的") };
    let course = officer.call(CreateCourse { details: bare }).await.unwrap().id;
    let refused = officer.call(PublishCourse::now(course)).await.unwrap_err();
    assert_eq!(
        (refused.code, named(&refused)),
        (Code::CourseIncomplete, vec!["details.posts", "chapters"])
    );
    let draft = officer.call(AddChapter { course, title: "一".into() }).await.unwrap();
    let chapter = draft.chapters[0].id;
    let empty = draft.missing.iter().find(|it| it.text == "“一”里还没有课时").unwrap();
    assert_eq!(empty.mend_at, format!("/admin/courses/{course}"));
    for kind in LessonKind::ALL {
        let title = kind.label().to_owned();
        officer.call(AddLesson { chapter, title, kind: *kind }).await.unwrap();
    }
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    let texts: Vec<&str> = draft.missing.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "岗位技能课要选至少一个岗位",
            "“一”的课时“图文”还没有内容",
            "“一”的课时“视频”还没有上传视频",
            "“一”的课时“动作解析”还没有步骤卡",
            "“一”的课时“课件”还没有上传课件",
            "“一”的课时“录音讲解”还没有上传录音",
        ]
    );
    let refused = officer.call(PublishCourse::now(course)).await.unwrap_err();
    let said: Vec<&str> = refused.fields.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(said, texts);
    let first = draft.chapters[0].lessons[0].id;
    assert_eq!(draft.missing[1].mend_at, format!("/admin/courses/{course}/lessons/{first}"));
});

scene!(nobody_overwrites_what_somebody_else_saved, |world| async move {
    let officer = world.person("zhengming").await;
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let save = |version, title: &str| {
        let details = details(&world, title);
        officer.call(SaveCourseDetails { course, version, details })
    };
    assert_eq!(save(1, "改过 1").await.unwrap().version, 2);
    for stale in [1, 0, 3, i32::MAX, i32::MIN] {
        assert_eq!(save(stale, "别的").await.unwrap_err().code, Code::VersionConflict);
    }
    let save = |version, title: &str| {
        let (lesson, title) = (lessons[0], title.to_owned());
        officer.call(SaveLesson {
            lesson,
            version,
            title,
            minutes: 5,
            position: Some(1),
            content: article(),
        })
    };
    assert_eq!(save(2, "改过 2").await.unwrap().version, 3);
    for stale in [1, 2, 4, i32::MAX, i32::MIN] {
        assert_eq!(save(stale, "别的").await.unwrap_err().code, Code::VersionConflict);
    }
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    let kept = (draft.details.title.as_str(), draft.chapters[0].lessons[0].title.as_str());
    assert_eq!(kept, ("改过 1", "改过 2"));
});

scene!(lessons_stay_in_the_order_they_were_put_in, |world| async move {
    let officer = world.person("zhengming").await;
    let four = ["甲", "乙", "丙", "丁"].map(|title| (title, 5, article())).to_vec();
    let (course, ids) = published(&world, details(&world, "次序"), four).await;
    let order = async || {
        let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
        draft.chapters[0].lessons.iter().map(|it| it.title.clone()).collect::<String>()
    };
    let put = async |index: usize, position| {
        let draft = officer.call(ShowLessonDraft { lesson: ids[index] }).await.unwrap();
        let LessonDraft { id: lesson, version, title, minutes, content, .. } = draft;
        let save =
            SaveLesson { lesson, version, title, minutes, position: Some(position), content };
        officer.call(save).await.unwrap().position
    };
    assert_eq!(put(3, 1).await, 1);
    assert_eq!(order().await, "丁甲乙丙");
    assert_eq!(put(0, 99).await, 4);
    assert_eq!(order().await, "丁乙丙甲");
    officer.call(RemoveLesson { lesson: ids[3] }).await.unwrap();
    officer.call(RemoveLesson { lesson: ids[1] }).await.unwrap();
    let chapter = officer.call(ShowLessonDraft { lesson: ids[0] }).await.unwrap().chapter;
    let add = AddLesson { chapter, title: "戊".into(), kind: LessonKind::Article };
    assert_eq!(officer.call(add).await.unwrap().position, 3);
    assert_eq!(order().await, "丙甲戊");
    let wang = world.person("wangxiuying").await;
    let seen = async || {
        let shown = wang.call(ShowCourse { course }).await.unwrap();
        let lessons = shown.chapters[0].lessons.iter().map(|it| it.title.as_str());
        (lessons.collect::<String>(), shown.card.progress.lessons)
    };
    assert_eq!(seen().await, ("甲乙丙丁".into(), 4), "until it is published");
    let lesson = officer.call(ShowCourseDraft { course }).await.unwrap().chapters[0].lessons[2].id;
    let (title, minutes, position, content) = ("戊".into(), 5, 3, article());
    officer
        .call(SaveLesson { lesson, version: 1, title, minutes, position: Some(position), content })
        .await
        .unwrap();
    publish(&world, course).await;
    assert_eq!(seen().await, ("丙甲戊".into(), 3));
});

scene!(learners_of_a_published_course_never_lose_what_they_see, |world| async move {
    let officer = world.person("zhengming").await;
    let one = vec![("分色抹布", 7, article())];
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), one).await;
    let lesson = lessons[0];
    let chapter = officer.call(ShowLessonDraft { lesson }).await.unwrap().chapter;
    let wang = world.person("wangxiuying").await;
    let before = wang.call(ShowCourse { course }).await.unwrap();
    let read = wang.call(ShowLesson { lesson }).await.unwrap();
    let emptied = SaveLesson {
        lesson,
        version: 2,
        title: "空".into(),
        minutes: 5,
        position: Some(1),
        content: LessonContent::empty(LessonKind::Article),
    };
    officer.call(emptied).await.unwrap();
    let nobody = CourseDetails { posts: Vec::new(), ..details(&world, "改") };
    officer.call(SaveCourseDetails { course, version: 1, details: nobody }).await.unwrap();
    let add = AddLesson { chapter, title: "还没写".into(), kind: LessonKind::Video };
    let unready = officer.call(add).await.unwrap().id;
    officer.call(RemoveChapter { chapter }).await.unwrap();
    assert_eq!(wang.call(ShowCourse { course }).await.unwrap(), before);
    assert_eq!(wang.call(ShowLesson { lesson }).await.unwrap(), read);
    assert_eq!(code(&wang, ShowLesson { lesson: unready }).await, Code::NotFound);
    let refused = officer.call(SubmitRevision { course, note: String::new() }).await.unwrap_err();
    assert_eq!(
        (refused.code, named(&refused)),
        (Code::CourseIncomplete, vec!["details.posts", "chapters"])
    );
});

scene!(what_cannot_stay_in_a_lesson_is_named, |world| async move {
    let officer = world.person("zhengming").await;
    let (_, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let save = async |minutes, title: &str, content| {
        let lesson = lessons[0];
        let title = title.to_owned();
        let save = SaveLesson { lesson, version: 2, title, minutes, position: Some(1), content };
        let refused = officer.call(save).await.unwrap_err();
        assert_eq!(refused.code, Code::InvalidRequest);
        refused.fields.into_iter().map(|it| it.field).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(save(0, " ", article()).await, "title minutes");
    assert_eq!(save(61, &"长".repeat(61), article()).await, "title minutes");
    assert_eq!(save(5, "换形式", steps(1)).await, "content");
    let lost = Picture {
        media: MediaId(Uuid::now_v7()),
        alt: "抹布".into(),
        caption: String::new(),
        width: 1,
        height: 1,
    };
    let blocks = vec![
        Block::Heading { text: "长".repeat(301) },
        Block::Picture(lost),
        Block::Table { rows: vec![vec!["列".into(); 11]] },
    ];
    let content = LessonContent::Article { blocks };
    let said = "content.blocks[0].text content.blocks[2].rows content.blocks[1].media";
    assert_eq!(save(5, "缺图", content).await, said);
});

scene!(what_is_kept_of_a_lesson_is_clean, |world| async move {
    let officer = world.person("zhengming").await;
    let (_, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let dirty = "<p onclick=x>先<strong>断电</strong><script>alert(1)</script>\0</p>";
    let blocks = vec![
        Block::Paragraph { html: dirty.into() },
        Block::Heading { text: " <b>标题</b>\0\u{7} ".into() },
        Block::List { ordered: true, items: vec![" 一 ".into(), "  ".into()] },
        Block::Table { rows: vec![vec!["布\0".into(), " 擦<b> ".into()], vec!["红".into()]] },
    ];
    let save = SaveLesson {
        lesson: lessons[0],
        version: 2,
        title: "抹\0布".into(),
        minutes: 5,
        position: Some(1),
        content: LessonContent::Article { blocks },
    };
    let saved = officer.call(save).await.unwrap();
    let LessonContent::Article { blocks } = saved.content else { panic!("an article") };
    assert_eq!(saved.title, "抹布");
    assert!(
        matches!(&blocks[0], Block::Paragraph { html } if html.starts_with("先<strong>断电</strong>") && !html.contains("alert")),
        "{blocks:?}"
    );
    assert_eq!(blocks[1], Block::Heading { text: "<b>标题</b>".into() });
    assert_eq!(blocks[2], Block::List { ordered: true, items: vec!["一".into()] });
    let rows = vec![vec!["布".into(), "擦<b>".into()], vec!["红".into(), String::new()]];
    assert_eq!(blocks[3], Block::Table { rows });
});

scene!(what_cannot_stay_in_a_courses_details_is_named, |world| async move {
    let officer = world.person("zhengming").await;
    let cover = Picture {
        media: MediaId(Uuid::now_v7()),
        alt: String::new(),
        caption: String::new(),
        width: 1,
        height: 1,
    };
    let wrong = CourseDetails {
        title: String::new(),
        summary: "长".repeat(301),
        posts: vec![shared::organizations::PostId(Uuid::now_v7())],
        cover: Some(cover),
        ..details(&world, "")
    };
    let refused = officer.call(CreateCourse { details: wrong }).await.unwrap_err();
    let fields = ["details.title", "details.summary", "details.posts", "details.cover.media"];
    assert_eq!((refused.code, named(&refused)), (Code::InvalidRequest, fields.to_vec()));
    assert!(officer.call(ListManagedCourses::default()).await.unwrap().items.is_empty());
});

scene!(assigning_a_course_reaches_everybody_who_is_chosen, |world| async move {
    let officer = world.person("zhengming").await;
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let due_on = in_days(&world, 7).await;
    let cleaners = assigned(&world, course, due_on).await;
    assert_eq!((cleaners.target.as_str(), cleaners.due_on), ("卫生保洁", due_on));
    let wang = world.person("wangxiuying").await;
    let card = &wang.call(ListCourses::default()).await.unwrap().items[0];
    assert_eq!(card.due_on, Some(due_on));
    let told = wang.call(ListInbox::default()).await.unwrap();
    assert!(told.items[0].title.contains("会议室保洁"), "{told:?}");
    let li = world.person("lijianguo").await;
    assert_eq!(li.call(ListCourses::default()).await.unwrap().items[0].due_on, None);
    assert!(li.call(ListInbox::default()).await.unwrap().items.is_empty());
    let sooner = in_days(&world, 3).await;
    assigned(&world, course, sooner).await;
    assert_eq!(wang.call(ShowCourse { course }).await.unwrap().card.due_on, Some(sooner));
    let listed = officer.call(ListAssignments { course }).await.unwrap();
    assert_eq!(listed.iter().map(|it| it.due_on).collect::<Vec<_>>(), [sooner, due_on]);
    let managed = officer.call(ListManagedCourses::default()).await.unwrap().items;
    assert_eq!(managed[0].assigned, cleaners.people);
});

scene!(an_assignment_that_makes_no_sense_is_refused, |world| async move {
    let officer = world.person("zhengming").await;
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (draft, _) = drafted(&world, details(&world, "还没发布"), two_lessons()).await;
    let (today, cleaners) = (in_days(&world, 0).await, vec![world.cast.post("卫生保洁")]);
    let assign = |course, posts, due_on| AssignCourse {
        course,
        posts,
        organizations: vec![],
        due_on,
        teams: vec![],
        people: vec![],
    };
    let fields = async |request| {
        let refused = officer.call(request).await.unwrap_err();
        named(&refused).join(" ")
    };
    let yesterday = today.pred_opt().unwrap();
    assert_eq!(fields(assign(course, cleaners.clone(), yesterday)).await, "due_on");
    assert_eq!(fields(assign(course, cleaners.clone(), chrono::NaiveDate::MAX)).await, "due_on");
    assert_eq!(fields(assign(course, vec![], today)).await, "posts");
    assert_eq!(fields(assign(draft, cleaners.clone(), today)).await, "course");
    let nobody = vec![shared::organizations::PostId(Uuid::now_v7())];
    assert_eq!(code(&officer, assign(course, nobody, today)).await, Code::NobodyMatches);
    assert!(officer.call(ListAssignments { course }).await.unwrap().is_empty());
    officer.call(assign(course, cleaners, today)).await.unwrap();
});

scene!(a_disabled_person_is_given_nothing, |world| async move {
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let due_on = in_days(&world, 7).await;
    let all = assigned(&world, course, due_on).await.people;
    world.sql("UPDATE people SET active = false WHERE name = '王秀英'").await;
    assert_eq!(assigned(&world, course, due_on).await.people, all - 1);
});

scene!(how_many_an_assignment_will_reach_is_known_before, |world| async move {
    let officer = world.person("zhengming").await;
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let posts = vec![world.cast.post("卫生保洁"), world.cast.post("安全保卫")];
    let organizations = vec![world.cast.organization("和顺物业服务公司（示例）")];
    for (posts, organizations) in [
        (posts.clone(), vec![]),
        (vec![], organizations.clone()),
        (posts.clone(), organizations.clone()),
        (posts[..1].to_vec(), organizations.clone()),
    ] {
        let choice = CountAudience {
            posts: posts.clone(),
            organizations: organizations.clone(),
            teams: vec![],
            people: vec![],
        };
        let counted = officer.call(choice).await.unwrap().people;
        assert!(counted > 0);
        let due_on = in_days(&world, 7).await;
        let assign =
            AssignCourse { course, posts, organizations, due_on, teams: vec![], people: vec![] };
        assert_eq!(officer.call(assign).await.unwrap().people, counted);
    }
    let nobody = vec![shared::organizations::PostId(Uuid::now_v7())];
    let nobody =
        CountAudience { posts: nobody, organizations: vec![], teams: vec![], people: vec![] };
    assert_eq!(officer.call(nobody).await.unwrap().people, 0);
    let nothing =
        CountAudience { posts: vec![], organizations: vec![], teams: vec![], people: vec![] };
    assert_eq!(named(&officer.call(nothing).await.unwrap_err()), ["posts"]);
    for key in ["wangxiuying", "wufang"] {
        let choice = CountAudience {
            posts: posts.clone(),
            organizations: vec![],
            teams: vec![],
            people: vec![],
        };
        assert_eq!(code(&world.person(key).await, choice).await, Code::NotAllowed, "{key}");
    }
});
