//! How far somebody got and what they kept, for that person.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::accounts::PersonId;

use super::{
    enquiries,
    entity::{
        check_answer, course_rating, favourite_course,
        lesson_progress::{Column, Entity},
    },
    notes,
};
use crate::{
    Result,
    courses::{
        self,
        checks::{self, entity::CheckIds},
    },
    db::Connection,
    privacy::{Section, row, when},
};

pub async fn own_data(db: &Connection, person: PersonId) -> Result<[Section; 6]> {
    Ok([
        progress(db, person).await?,
        answered(db, person).await?,
        kept(db, person).await?,
        written(db, person).await?,
        asked(db, person).await?,
        rated(db, person).await?,
    ])
}

async fn progress(db: &Connection, person: PersonId) -> Result<Section> {
    let found = Entity::find()
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::UpdatedAt)
        .all(db)
        .await?;
    let of: Vec<_> = found.iter().map(|it| it.course_id).collect();
    let lessons: Vec<_> = found.iter().map(|it| it.lesson_id).collect();
    let titles = courses::titles(db, &of).await?;
    let lessons = courses::lesson_titles(db, &lessons).await?;
    let rows = found.into_iter().map(|it| {
        row([
            ("课程", titles.get(&it.course_id).cloned().unwrap_or_default()),
            ("课时", lessons.get(&it.lesson_id).cloned().unwrap_or_default()),
            ("进度", format!("{}%", it.percent)),
            ("学到", it.position.to_string()),
            ("开始", when(it.started_at)),
            ("最近一次", when(it.updated_at)),
            ("学完", when(it.finished_at)),
        ])
    });
    Ok(Section::of("学习进度", rows))
}

async fn answered(db: &Connection, person: PersonId) -> Result<Section> {
    let find = check_answer::Entity::find().filter(check_answer::Column::PersonId.eq(person));
    let found = find.order_by_asc(check_answer::Column::AnsweredAt).all(db).await?;
    let lessons: Vec<_> = found.iter().map(|it| it.lesson_id).collect();
    let lessons = courses::lesson_titles(db, &lessons).await?;
    let asked = CheckIds(found.iter().map(|it| it.check_id).collect());
    let asked = checks::asked(db, &asked).await?;
    let rows = found.into_iter().map(|it| {
        let question = asked.iter().find(|question| question.id == it.check_id);
        let letters = it.chosen.0.iter().map(|place| char::from(b'A' + place % 26));
        row([
            ("课时", lessons.get(&it.lesson_id).cloned().unwrap_or_default()),
            ("题目", question.map(|it| it.stem.clone()).unwrap_or_default()),
            ("选的", letters.collect()),
            ("对错", if it.correct { "对" } else { "错" }.into()),
            ("时间", when(it.answered_at)),
        ])
    });
    Ok(Section::of("随堂自测", rows))
}

async fn kept(db: &Connection, person: PersonId) -> Result<Section> {
    let find = favourite_course::Entity::find();
    let found = find.filter(favourite_course::Column::PersonId.eq(person)).all(db).await?;
    let of: Vec<_> = found.iter().map(|it| it.course_id).collect();
    let titles = courses::titles(db, &of).await?;
    let rows = found.into_iter().map(|it| {
        let title = titles.get(&it.course_id).cloned().unwrap_or_default();
        row([("课程", title), ("收藏时间", when(it.kept_at))])
    });
    Ok(Section::of("收藏的课程", rows))
}

async fn written(db: &Connection, person: PersonId) -> Result<Section> {
    let rows = notes::of(db, person).await?.into_iter();
    let rows = rows.map(|it| row([("内容", it.text), ("时间", when(it.written_at))]));
    Ok(Section::of("笔记", rows))
}

async fn asked(db: &Connection, person: PersonId) -> Result<Section> {
    let rows = enquiries::of(db, person).await?.into_iter().map(|it| {
        row([
            ("问题", it.text),
            ("提问时间", when(it.asked_at)),
            ("答复", it.answer.unwrap_or_default()),
            ("答复时间", when(it.answered_at)),
        ])
    });
    Ok(Section::of("问讲师的问题", rows))
}

async fn rated(db: &Connection, person: PersonId) -> Result<Section> {
    let find = course_rating::Entity::find();
    let found = find.filter(course_rating::Column::PersonId.eq(person)).all(db).await?;
    let of: Vec<_> = found.iter().map(|it| it.course_id).collect();
    let titles = courses::titles(db, &of).await?;
    let rows = found.into_iter().map(|it| {
        row([
            ("课程", titles.get(&it.course_id).cloned().unwrap_or_default()),
            ("星", it.stars.to_string()),
            ("评语", it.comment),
            ("时间", when(it.rated_at)),
        ])
    });
    Ok(Section::of("课程评价", rows))
}
