//! Which lessons are too heavy for a phone with little traffic, and what stands in for them.

use std::collections::HashMap;

use shared::{
    content::{Block, HEAVY, LessonContent, MediaId},
    courses::LessonId,
};

use crate::media::Weight;

/// Of the lessons of a course what each has to be played, and which can be another's 图文版.
pub(in crate::courses) struct Weighed<'a> {
    files: &'a HashMap<MediaId, Weight>,
    /// The articles of the course that are light themselves.
    twins: Vec<LessonId>,
}

impl<'a> Weighed<'a> {
    pub fn of<'b>(
        files: &'a HashMap<MediaId, Weight>,
        lessons: impl Iterator<Item = (LessonId, &'b LessonContent)>,
    ) -> Self {
        let is_article = |it: &LessonContent| matches!(it, LessonContent::Article { .. });
        let light = lessons.filter(|(_, it)| is_article(it) && heaviest(it, files).is_none());
        Self { files, twins: light.map(|(id, _)| id).collect() }
    }

    /// What is missing where a lesson has a file that not everybody can afford to play.
    pub fn gap(&self, content: &LessonContent) -> Option<String> {
        let Weight { bytes, shrinking, .. } = heaviest(content, self.files)?;
        let (megabytes, most) = (bytes.div_ceil(1 << 20), HEAVY >> 20);
        if matches!(content, LessonContent::Article { .. }) {
            return Some(format!("里的视频有 {megabytes} MB，请换成 {most} MB 以内的"));
        }
        if content.twin().is_some_and(|it| self.twins.contains(&it)) {
            return None;
        }
        let wait =
            if shrinking { "（手机版还在转换，转完可能就小了）" } else { "" };
        let what = match content.twin() {
            Some(_) => "选的图文版不在这门课里了，或者里面也有大文件，请重新选一课图文",
            None => "请加一课讲同样内容的图文，再在这一课的“图文版”里选它",
        };
        Some(format!("学一遍要 {megabytes} MB 流量，超过 {most} MB{wait}，{what}"))
    }
}

/// The files of a lesson that a phone plays, or shows page by page.
pub(in crate::courses) fn played(content: &LessonContent) -> Vec<MediaId> {
    match content {
        LessonContent::Article { blocks } => {
            let videos = blocks.iter().filter_map(|it| match it {
                Block::Video(it) => Some(it.media),
                _ => None,
            });
            videos.collect()
        }
        LessonContent::Video(it) | LessonContent::Recording(it) => it.media.into_iter().collect(),
        LessonContent::Slides(it) => it.media.into_iter().collect(),
        LessonContent::Steps(it) => {
            it.cards.iter().filter_map(|it| it.clip.as_ref()).map(|it| it.media).collect()
        }
    }
}

/// The file that takes most to be played, if it is heavy.
fn heaviest(content: &LessonContent, files: &HashMap<MediaId, Weight>) -> Option<Weight> {
    let weights = played(content).into_iter().filter_map(|it| files.get(&it)).copied();
    weights.filter(|it| it.bytes > HEAVY).max_by_key(|it| it.bytes)
}

#[cfg(test)]
mod tests {
    use shared::content::{ShortVideo, SlideLesson};
    use uuid::Uuid;

    use super::*;

    fn article(media: Option<MediaId>) -> LessonContent {
        let video = |media| {
            Block::Video(ShortVideo {
                media,
                caption: String::new(),
                poster: None,
                seconds: 0,
                bytes: 0,
                pictured: false,
            })
        };
        LessonContent::Article { blocks: media.into_iter().map(video).collect() }
    }

    #[test]
    fn an_article_with_a_heavy_video_is_nobodys_twin_and_lacks_something_itself() {
        let [light, heavy] = [1, 2].map(|it| MediaId(Uuid::from_u128(it)));
        let weight = |bytes| Weight { bytes, ..Weight::default() };
        let files = HashMap::from([(light, weight(HEAVY)), (heavy, weight(HEAVY + 1))]);
        let ids = [1, 2, 3, 4].map(|it| LessonId(Uuid::from_u128(it)));
        let slides = |twin| {
            let media = Some(heavy);
            LessonContent::Slides(SlideLesson { media, twin, ..SlideLesson::default() })
        };
        let lessons = [article(Some(light)), article(Some(heavy)), article(None), slides(None)];
        let weighed = Weighed::of(&files, ids.into_iter().zip(&lessons));
        assert_eq!(weighed.gap(&lessons[0]), None);
        assert!(weighed.gap(&lessons[1]).unwrap().contains("里的视频有 21 MB"));
        for (twin, is_one) in [(ids[0], true), (ids[1], false), (ids[2], true), (ids[3], false)] {
            assert_eq!(weighed.gap(&slides(Some(twin))).is_none(), is_one, "{twin}");
        }
    }
}
