//! What holds of every sample course.

use std::collections::HashSet;

use shared::{
    content::LessonKind,
    practice::{FULL_MARKS, MeasureBound},
};

use super::*;
use crate::seed::practice::ItemFile;

fn lessons(course: &CourseFile) -> impl Iterator<Item = &LessonFile> {
    course.chapters.iter().flat_map(|chapter| &chapter.lessons)
}

#[test]
fn the_sample_courses_cover_every_cell_and_are_complete() {
    let courses = CourseFile::all().unwrap();
    let cells: HashSet<_> = courses.iter().map(|it| (it.level, it.category)).collect();
    assert_eq!(cells.len(), CourseLevel::ALL.len() * CourseCategory::ALL.len());
    for course in courses {
        assert!(lessons(&course).count() >= 3, "{}", course.slug);
        assert_eq!(course.quiz.questions.len(), 10, "{}", course.slug);
        assert!(course.quiz.questions.iter().all(|it| !it.explanation.is_empty()));
        let asked = lessons(&course).flat_map(|it| &it.checks);
        assert!(asked.into_iter().all(|it| !it.explanation.is_empty()), "{}", course.slug);
        for name in course.media().into_keys() {
            let bytes = course.bytes(name).unwrap().len();
            assert!(bytes <= 600_000, "{}/{name} has {bytes} bytes", course.slug);
        }
        for (name, subtitles) in course.prepared() {
            let bytes = course.bytes(name).unwrap().len();
            assert!(bytes <= 400_000, "{}/{name} has {bytes} bytes", course.slug);
            let subtitles = subtitles.map(|it| course.text(it).unwrap());
            assert!(subtitles.is_none_or(|it| it.starts_with("WEBVTT")), "{}", course.slug);
        }
    }
}

#[test]
fn the_sample_courses_have_lessons_of_every_kind() {
    let courses = CourseFile::all().unwrap();
    let kind = |lesson: &LessonFile| match lesson.content {
        ContentFile::Article { .. } => LessonKind::Article,
        ContentFile::Steps { .. } => LessonKind::Steps,
        ContentFile::Video { .. } => LessonKind::Video,
        ContentFile::Slides { .. } => LessonKind::Slides,
        ContentFile::Recording { .. } => LessonKind::Recording,
    };
    let kinds: HashSet<_> = courses.iter().flat_map(lessons).map(kind).collect();
    assert_eq!(kinds.len(), LessonKind::ALL.len());
}

#[test]
fn every_sample_picture_is_one_that_an_officer_could_have_uploaded() {
    for course in CourseFile::all().unwrap() {
        for (name, file) in course.media() {
            if file.kind != MediaKind::Image {
                continue;
            }
            let bytes = course.bytes(name).unwrap();
            let known = image::guess_format(&bytes).unwrap();
            assert_eq!(known.to_mime_type(), file.content_type, "{}/{name}", course.slug);
            let picture = image::load_from_memory(&bytes).unwrap();
            let size = (picture.width(), picture.height());
            assert_eq!((file.width, file.height), size, "{}/{name}", course.slug);
        }
    }
}

#[test]
fn the_sample_courses_of_a_skill_name_its_posts_and_show_its_steps() {
    let courses = CourseFile::all().unwrap();
    let skills = courses.iter().filter(|it| it.category == CourseCategory::PostSkills);
    for course in skills {
        assert!(!course.posts.is_empty(), "{}", course.slug);
        let cards = lessons(course).find_map(|lesson| match &lesson.content {
            ContentFile::Steps { cards, .. } => Some(cards.len()),
            _ => None,
        });
        assert!(cards.is_some_and(|cards| cards >= 5), "{}", course.slug);
    }
}

/// How many items a checklist has, and how many of them can be measured, are fatal and ask for a
/// picture.
fn looked_at(course: &CourseFile) -> [usize; 4] {
    let items = &course.practice.checklist.items;
    let count = |of: fn(&ItemFile) -> bool| items.iter().filter(|it| of(it)).count();
    [items.len(), count(|it| it.measure.is_some()), count(|it| it.fatal), count(|it| it.photo)]
}

#[test]
fn the_sample_courses_of_a_skill_say_how_they_are_practised_and_assessed() {
    let courses = CourseFile::all().unwrap();
    for course in courses.iter().filter(|it| it.category == CourseCategory::PostSkills) {
        let slug = &course.slug;
        let [items, measured, fatal, pictured] = looked_at(course);
        assert!((8..=12).contains(&items), "{slug} {items}");
        assert!(measured >= 4 && fatal >= 1 && pictured >= 1, "{slug}");
        let list = &course.practice.checklist;
        assert!(list.minutes > 0, "{slug}");
        assert_eq!(list.items.iter().map(|it| it.weight).sum::<u32>(), FULL_MARKS, "{slug}");
        let texts: HashSet<_> = list.items.iter().map(|it| &it.text).collect();
        assert_eq!(texts.len(), items, "{slug}: links name an item by its text");
        for measure in list.items.iter().filter_map(|it| it.measure.as_ref()) {
            let exact = measure.bound == MeasureBound::Exactly;
            assert!(exact || measure.tolerance == 0.0, "{slug} {measure:?}");
        }
        let cards = lessons(course).filter_map(|lesson| match &lesson.content {
            ContentFile::Steps { cards, .. } => Some(cards),
            _ => None,
        });
        assert!(cards.flatten().all(|card| card.seconds > 0), "{slug}");
        let site = &course.practice.site;
        assert!((3..=5).contains(&site.stations.len()), "{slug}");
        assert!(site.materials.len() >= 5 && site.group_size > 0, "{slug}");
        assert!((4..=6).contains(&site.safety.matches('。').count()), "{slug}");
        assert!(site.check_in.is_some() && !site.responsible.is_empty(), "{slug}");
    }
}
