//! Packages that nobody exported so: each is refused in words that name what is wrong, and leaves
//! nothing behind.

use serde_json::{Value, json};
use shared::problem::{Code, Problem};
use uuid::Uuid;

use super::{
    brought, courses_of, exported, illustrated, kept, png, quiz, tus, written,
    zipped::{Package, encrypted, replaced},
};
use crate::scene::World;

async fn package(world: &World) -> Package {
    let ming = world.person("zhengming").await;
    let image = tus::kept(world, "zhengming", &png(40, 30)).await.id;
    let details = written::details(world, "会议室保洁");
    let lessons = vec![("看", 5, illustrated(image)), ("做", 5, written::steps(2))];
    let (course, _) = written::drafted(world, details, lessons).await;
    quiz(&ming, course).await;
    let (_, package) = exported(world, &ming, course, "").await;
    Package::of(&package)
}

/// With something else in the course, for which the manifest vouches.
fn course(good: &Package, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    good.clone().changed("course.json", change).vouched().zip()
}

/// With a file under a name of ours that the manifest vouches for.
fn beside(good: &Package, name: &str) -> Vec<u8> {
    good.clone().with(name, "x").vouched().zip()
}

fn of_the_zip(good: &Package) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let (whole, picture) = (good.zip(), good.named("media/"));
    let twin = picture.replace(&picture[6..10], "0000");
    let two = good.clone().with(&twin, "x").vouched().zip();
    let many =
        (0..2000).fold(good.clone(), |it, _| it.with(&format!("media/{}.png", Uuid::now_v7()), ""));
    let zeros = vec![b' '; 20_000_000];
    let link = "subtitles/00000000-0000-7000-8000-000000000000.vtt";
    vec![
        ("no zip", b"<html></html>".repeat(9), "打不开"),
        ("nothing", Vec::new(), "打不开"),
        ("cut off", whole[..whole.len() - 10].to_vec(), "打不开"),
        ("something behind it", [&whole[..], b"MZ"].concat(), "打不开"),
        ("of two disks", changed_at_the_end(&whole, 4, &[1, 0]), "打不开"),
        ("of less on this disk", changed_at_the_end(&whole, 8, &[1, 0]), "打不开"),
        ("whose table is smaller", changed_at_the_end(&whole, 12, &[46, 0, 0, 0]), "打不开"),
        ("encrypted", encrypted(&whole), "密码"),
        ("two of a name", replaced(&two, &twin, &picture), "重名"),
        ("too many files", many.zip(), "太多"),
        ("a link", good.zip_with_link(link, "/etc/passwd"), "不是课程包里该有的文件"),
        ("a bomb", good.clone().with("course.json", zeros).vouched().zip(), "解压出来比说的大"),
        ("up and out", beside(good, "../../etc/cron.d/x"), "不是课程包里该有的文件"),
        ("from the root", beside(good, "/etc/passwd"), "不是课程包里该有的文件"),
        ("as on Windows", beside(good, "media\\..\\..\\x.png"), "不是课程包里该有的文件"),
        ("out of a folder", beside(good, "media/../x.png"), "不是课程包里该有的文件"),
        ("a program", beside(good, "media/run.exe"), "不是课程包里该有的文件"),
    ]
}

/// With other bytes in what ends the zip.
fn changed_at_the_end(zip: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip.to_vec();
    let at = zip.len() - 22 + at;
    zip[at..at + bytes.len()].copy_from_slice(bytes);
    zip
}

fn of_the_manifest(good: &Package) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let picture = good.named("media/");
    let manifest =
        |change: &dyn Fn(&mut Value)| good.clone().changed("manifest.json", |it| change(it)).zip();
    vec![
        ("no manifest", good.clone().without("manifest.json").zip(), "没有清单"),
        ("a later format", manifest(&|it| it["version"] = 5.into()), "第 5 版"),
        ("another format", manifest(&|it| it["format"] = "scorm".into()), "不是指尖教学的课程包"),
        ("no JSON", good.clone().with("manifest.json", "{").zip(), "第 1 行读不懂"),
        ("something more", manifest(&|it| it["run"] = "x".into()), "读不懂"),
        ("a lie about bytes", manifest(&|it| it["files"][0]["bytes"] = 1.into()), "比说的大"),
        ("another sum", manifest(&|it| it["files"][0]["sha256"] = "00".into()), "校验和对不上"),
        ("a name of none", manifest(&|it| it["files"][0]["name"] = "../x".into()), "写得不对"),
        (
            "a changed course",
            good.clone().changed("course.json", |it| it["title"] = "x".into()).zip(),
            "校验和",
        ),
        (
            "a file too many",
            good.clone().with(&picture.replace(&picture[6..10], "0000"), "x").zip(),
            "不在清单里",
        ),
        ("a file too few", good.clone().without(&picture).zip(), "不见了"),
    ]
}

fn of_the_course(good: &Package) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let picture = good.named("media/");
    let page = "<html><script>alert(1)</script></html>".repeat(9);
    let with_page = good.clone().with(&picture, page).vouched().zip();
    let not_a_video = course(good, |it| it["media"][0]["kind"] = "video".into());
    let half = png(40, 30)[..50].to_vec();
    let lesson = |change: &dyn Fn(&mut Value)| {
        course(good, |it| change(&mut it["chapters"][0]["lessons"][0]))
    };
    vec![
        ("a page as a picture", with_page, "这种文件不能用"),
        ("half a picture", good.clone().with(&picture, half).vouched().zip(), "图片打不开"),
        ("a picture as a video", not_a_video, "不能用"),
        ("no course", good.clone().without("course.json").vouched().zip(), "没有课程内容"),
        ("a lesson of no kind", lesson(&|it| it["content"] = json!({ "kind": "game" })), "读不懂"),
        ("no title", lesson(&|it| it["title"] = " ".into()), "请填写名称"),
        ("a long title", lesson(&|it| it["title"] = "长".repeat(61).into()), "最多 60 个字"),
        ("an hour and more", lesson(&|it| it["minutes"] = 61.into()), "1 到 60 分钟"),
        ("no such file", course(good, |it| it["media"] = json!([])), "不在包里"),
        (
            "a file twice",
            course(good, |it| it["media"] = json!([it["media"][0], it["media"][0]])),
            "写了两次",
        ),
        (
            "a file of two ids",
            course(good, |it| it["media"] = two_ids(&it["media"][0])),
            "写了两次",
        ),
        (
            "a clause with a zero",
            course(good, |it| it["clauses"] = cited("x\0", 0)),
            "编号写得不对",
        ),
        (
            "two right answers",
            course(good, |it| it["quiz"]["questions"][0]["key"]["correct"] = json!([0, 1])),
            "单选题要有且只有一个正确选项",
        ),
        ("a clause of nowhere", course(good, |it| it["clauses"] = cited("x", 9)), "不存在"),
    ]
}

fn too_much(good: &Package) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![
        (
            "options without end",
            course(good, |it| it["quiz"]["questions"][0]["options"] = vec!["x"; 9].into()),
            "选项太多",
        ),
        (
            "keys without end",
            course(good, |it| it["quiz"]["questions"][0]["key"]["correct"] = vec![0; 9].into()),
            "选项太多",
        ),
        ("posts without end", course(good, |it| it["posts"] = vec!["x"; 101].into()), "岗位太多"),
    ]
}

fn of_its_practice(good: &Package) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![
        (
            "two items of one id",
            course(good, |it| {
                let item = json!({ "id": Uuid::nil(), "text": "看", "weight": 50 });
                it["practice"] = json!({
                    "checklist": { "minutes": 5, "items": [item, item] },
                    "site": { "stations": [], "group_size": 0, "materials": [] },
                });
            }),
            "实操要求：有两项的编号一样",
        ),
        (
            "a clause of no item",
            course(good, |it| {
                it["clauses"] = cited("示例/T 1", 0);
                it["clauses"][0]["place"] = json!({ "place": "item", "item": 0 });
            }),
            "引用条款的地方不存在",
        ),
    ]
}

fn cited(standard: &str, lesson: usize) -> Value {
    json!([{
        "clause": { "standard": standard, "version": "1", "path": ["1"] },
        "place": { "place": "lesson", "lesson": lesson },
        "kind": "taught", "coverage": "whole", "dated": false,
    }])
}

/// One file under its own id and under another, which might be somebody else's here.
fn two_ids(file: &Value) -> Value {
    let mut other = file.clone();
    other["id"] = Uuid::now_v7().to_string().into();
    json!([file, other])
}

scene!(a_hostile_package_is_refused_in_words_and_leaves_nothing_behind, |world| async move {
    let good = package(&world).await;
    let ming = world.person("zhengming").await;
    let (courses, files) = (courses_of(&ming).await, kept(&world));
    let mut cases = of_the_zip(&good);
    cases.extend(of_the_manifest(&good));
    cases.extend(of_the_course(&good));
    cases.extend(too_much(&good));
    cases.extend(of_its_practice(&good));
    for (name, package, said) in cases {
        let refused: Problem = brought(&ming, "", &package).await.expect_err(name);
        assert_eq!(refused.code, Code::NotACoursePackage, "{name}: {refused:?}");
        let detail = refused.detail.unwrap_or_default();
        assert!(detail.contains(said), "{name}: {detail}");
        assert_eq!(courses_of(&ming).await, courses, "{name}");
        assert_eq!(kept(&world), files, "{name}");
    }
    brought(&ming, "", &good.vouched().zip()).await.unwrap();
});

scene!(what_there_is_no_room_for_is_not_even_looked_into, |world| async move {
    let good = package(&world).await;
    let ming = world.person("zhengming").await;
    world.sql("UPDATE media SET bytes = 900000000000").await;
    let (courses, files) = (courses_of(&ming).await, kept(&world));
    let picture = good.named("media/");
    let broken = good.clone().with(&picture, png(40, 30)[..50].to_vec()).vouched().zip();
    for (name, package) in [("a good one", good.vouched().zip()), ("a broken one", broken)] {
        let refused = brought(&ming, "", &package).await.expect_err(name);
        assert_eq!(refused.code, Code::QuotaReached, "{name}: {refused:?}");
        assert_eq!((courses_of(&ming).await, kept(&world)), (courses, files), "{name}");
    }
});

scene!(what_a_package_says_is_cleaned_as_if_it_had_been_typed, |world| async move {
    let good = package(&world).await;
    let ming = world.person("zhengming").await;
    let html =
        "<script>alert(1)</script><a href=\"javascript:x\">点</a><strong onclick=x>好</strong>";
    let package = course(&good, |it| {
        it["chapters"][0]["lessons"][0]["content"]["blocks"][0]["html"] = html.into();
    });
    let done = brought(&ming, "", &package).await.unwrap();
    let draft =
        ming.call(shared::authoring::ShowCourseDraft { course: done.course }).await.unwrap();
    let lesson = draft.chapters[0].lessons[0].id;
    let lesson = ming.call(shared::authoring::ShowLessonDraft { lesson }).await.unwrap();
    let text = format!("{:?}", lesson.content);
    assert!(text.contains("<a>点</a><strong>好</strong>"), "{text}");
    assert!(!text.contains("script") && !text.contains("onclick"), "{text}");
});
