//! What an article shows and hands out besides words: 图片组, 附件, 短视频.

use actix_web::http::header;
use backend::media::{NewFile, store, sweep};
use shared::{
    authoring::SaveLesson,
    content::{Attachment, Block, LessonContent, MediaId, MediaKind, ShortVideo, media_url},
    courses::ShowLesson,
};

use super::{picture, written};
use crate::scene::World;

const PDF: &[u8] = b"%PDF-1.7 not looked at";
const VIDEO: &[u8] = b"not looked at";

/// A file of 郑明's, or of nobody's.
async fn kept(world: &World, kind: MediaKind, bytes: &[u8], own: bool) -> MediaId {
    let content_type = match kind {
        MediaKind::Document => "application/pdf",
        MediaKind::Video => "video/mp4",
        MediaKind::Image | MediaKind::Audio => "image/png",
    };
    let created_by = own.then(|| world.cast.id("zhengming"));
    let (width, height, seconds) = (640, 360, 40);
    let file = NewFile { kind, content_type, width, height, seconds, created_by };
    store(&world.app, bytes.to_vec(), file).await.unwrap()
}

fn attachment(media: MediaId) -> Block {
    Block::Attachment(Attachment { media, name: " 配比表 ".into(), bytes: 7 })
}

fn video(media: MediaId) -> ShortVideo {
    let caption = "配一遍".into();
    ShortVideo { media, caption, poster: None, seconds: 1, bytes: 9, pictured: true }
}

scene!(an_article_has_a_row_of_pictures_a_file_to_keep_and_a_video, |world| async move {
    let image = kept(&world, MediaKind::Image, b"not looked at", true).await;
    let poster = kept(&world, MediaKind::Image, b"not looked at either", true).await;
    let pdf = kept(&world, MediaKind::Document, PDF, true).await;
    let film = kept(&world, MediaKind::Video, VIDEO, true).await;
    let blocks = vec![
        Block::Gallery { pictures: vec![picture(image), picture(image)] },
        attachment(pdf),
        Block::Video(ShortVideo { poster: Some(picture(poster)), ..video(film) }),
    ];
    let lesson = vec![("看", 5, LessonContent::Article { blocks })];
    let (_, lessons) =
        written::published(&world, written::details(&world, "会议室保洁"), lesson).await;
    let wang = world.person("wangxiuying").await;
    let shown = wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap();
    let LessonContent::Article { blocks } = shown.content else { panic!("an article") };
    let Block::Gallery { pictures } = &blocks[0] else { panic!("a row of pictures") };
    assert_eq!((pictures[1].width, pictures[1].height), (640, 360), "as the file has them");
    let bytes = PDF.len() as u64;
    let kept = Block::Attachment(Attachment { media: pdf, name: "配比表".into(), bytes });
    assert_eq!(blocks[1], kept);
    let Block::Video(shown) = &blocks[2] else { panic!("a video") };
    let known = (shown.seconds, shown.bytes, shown.pictured);
    assert_eq!(known, (40, VIDEO.len() as u64, false), "as is known of the file");

    let named = "?name=%E9%85%8D%E6%AF%94%E8%A1%A8.pdf";
    let hostile = "?name=a%22%0D%0ASet-Cookie%3A%20x.pdf";
    for (query, saved) in [
        ("", "attachment"),
        ("?name=", "attachment"),
        (
            named,
            "attachment; filename=\"attachment.pdf\"; filename*=UTF-8''%E9%85%8D%E6%AF%94%E8%A1%A8.pdf",
        ),
        (
            hostile,
            "attachment; filename=\"attachment.pdf\"; filename*=UTF-8''a_%0D_Set%2DCookie_%20x.pdf",
        ),
    ] {
        let answer = world.send(wang.request("GET", &format!("{}{query}", media_url(pdf)))).await;
        assert_eq!(answer.status(), 200, "{query}");
        let disposition = answer.headers().get(header::CONTENT_DISPOSITION).unwrap();
        assert_eq!(disposition.to_str().unwrap(), saved, "{query}");
        assert!(answer.headers().get(header::SET_COOKIE).is_none(), "{query}");
    }
    for shown in [image, poster, film] {
        let answer = world.send(wang.request("GET", &media_url(shown))).await;
        assert_eq!(answer.status(), 200);
    }
    world.sql("UPDATE media SET created_at = '2020-01-01T00:00:00+00:00'").await;
    assert_eq!(sweep(&world.app, true).await.unwrap().orphans, [], "all of it is shown");
});

scene!(what_is_no_attachment_and_no_video_cannot_stay, |world| async move {
    let image = kept(&world, MediaKind::Image, b"not looked at", true).await;
    let pdf = kept(&world, MediaKind::Document, PDF, true).await;
    let foreign = kept(&world, MediaKind::Document, PDF, false).await;
    let details = written::details(&world, "会议室保洁");
    let lessons = vec![("看", 5, written::article())];
    let (_, lessons) = written::drafted(&world, details, lessons).await;
    let blocks = vec![
        Block::Gallery { pictures: vec![picture(image); 10] },
        attachment(image),
        attachment(foreign),
        Block::Video(video(pdf)),
        attachment(pdf),
    ];
    let save = SaveLesson {
        lesson: lessons[0],
        version: 2,
        title: "看".into(),
        minutes: 5,
        position: None,
        content: LessonContent::Article { blocks },
    };
    let refused = world.person("zhengming").await.call(save).await.unwrap_err();
    let fields: Vec<&str> = refused.fields.iter().map(|it| it.field.as_str()).collect();
    let wrong = [
        "content.blocks[0].pictures",
        "content.blocks[1].media",
        "content.blocks[2].media",
        "content.blocks[3].media",
    ];
    assert_eq!(fields, wrong, "{refused:?}");
});
