//! What a course says about itself.

use leptos::prelude::*;
use shared::{
    authoring::{CourseDetails, SaveCourseDetails, ShowCourseDraft},
    courses::{CourseCategory, CourseId, CourseLevel},
    organizations::{ListPosts, PostId},
};

use super::frame::CourseDesk;
use crate::{
    admin::kit::{
        Answer, AreaField, CheckGroup, Document, Draft, FieldErrors, Form, Load, PictureField,
        PictureFields, RadioGroup, SaveBar, SaveNotes, TextField, Versioned,
    },
    client::Client,
};

/// The fields of a course's details.
#[derive(Clone, Copy)]
pub struct DetailsFields {
    title: RwSignal<String>,
    summary: RwSignal<String>,
    pub level: RwSignal<CourseLevel>,
    pub category: RwSignal<CourseCategory>,
    qualification: RwSignal<String>,
    posts: RwSignal<Vec<PostId>>,
    cover: PictureFields,
    pub errors: FieldErrors,
}

impl DetailsFields {
    pub fn new() -> Self {
        Self {
            title: RwSignal::new(String::new()),
            summary: RwSignal::new(String::new()),
            level: RwSignal::new(CourseLevel::Execution),
            category: RwSignal::new(CourseCategory::PostSkills),
            qualification: RwSignal::new(String::new()),
            posts: RwSignal::new(Vec::new()),
            cover: PictureFields::new(None),
            errors: FieldErrors::new(),
        }
    }
}

impl Form for DetailsFields {
    type Value = CourseDetails;

    fn read(self) -> CourseDetails {
        CourseDetails {
            title: self.title.get(),
            summary: self.summary.get(),
            level: self.level.get(),
            category: self.category.get(),
            qualification: self.qualification.get(),
            posts: self.posts.get(),
            cover: self.cover.read(),
        }
    }

    fn fill(self, details: CourseDetails) {
        self.title.set(details.title);
        self.summary.set(details.summary);
        self.level.set(details.level);
        self.category.set(details.category);
        self.qualification.set(details.qualification);
        self.posts.set(details.posts);
        self.cover.fill(details.cover);
    }

    fn errors(self) -> FieldErrors {
        self.errors
    }
}

/// The fields themselves, without a button.
#[component]
pub fn DetailsForm(fields: DetailsFields, #[prop(optional)] autofocus: bool) -> impl IntoView {
    let posts = Load::of(|| ListPosts {});
    let posts = Signal::derive(move || {
        let posts = posts.value.get().unwrap_or_default();
        posts.into_iter().map(|post| (post.id, post.name)).collect::<Vec<_>>()
    });
    let levels = CourseLevel::ALL.iter().map(|it| (*it, it.label())).collect::<Vec<_>>();
    let categories = CourseCategory::ALL.iter().map(|it| (*it, it.label())).collect::<Vec<_>>();
    let errors = fields.errors;
    view! {
        <TextField label="课程名" value=fields.title autofocus error=errors.signal("details.title")/>
        <AreaField
            label="学完能做到什么"
            hint="写给学员看，一两句话，例如“能独立完成一场 20 人会议的会前准备”"
            value=fields.summary
            error=errors.signal("details.summary")
        />
        <RadioGroup label="层面" chosen=fields.level choices=levels error=errors.signal("details.level")/>
        <RadioGroup label="类别" chosen=fields.category choices=categories error=errors.signal("details.category")/>
        {move || (fields.category.get() == CourseCategory::Certification).then(|| view! {
            <TextField
                label="学完取得什么资格"
                hint="认证考核课一定要写，例如“会务服务员上岗证”"
                value=fields.qualification
                error=errors.signal("details.qualification")
            />
        })}
        <CheckGroup
            label="适用岗位"
            hint="可多选；选中的岗位打开课程时排在前面"
            chosen=fields.posts
            choices=posts
            error=errors.signal("details.posts")
        />
        <PictureField
            label="封面"
            hint="横的图片，16:9 最合适；JPG、PNG 或 WebP，不超过 5 MB"
            fields=fields.cover
            error=errors.signal("details.cover.media")
            alt_error=errors.signal("details.cover.alt")
        />
    }
}

/// The details of a course that exists.
#[component]
pub fn Details(desk: CourseDesk) -> impl IntoView {
    let course = desk.course.get_untracked();
    let document = DetailsDocument { desk, id: course.id, fields: DetailsFields::new() };
    let draft = Draft::open(document, Versioned { version: course.version, value: course.details });
    desk.carries(draft.delivery());
    // Chapters and lessons move the version on as well.
    Effect::new(move || {
        let course = desk.course.get();
        draft.rebase(&Versioned { version: course.version, value: course.details });
    });
    view! {
        <section class="c-card c-columns__side" aria-label="课程信息">
            <header class="c-card__head">
                <h2 class="c-card__title">"课程信息"</h2>
                <SaveBar draft/>
            </header>
            <SaveNotes draft/>
            <DetailsForm fields=document.fields/>
        </section>
    }
}

#[derive(Clone, Copy)]
struct DetailsDocument {
    desk: CourseDesk,
    id: CourseId,
    fields: DetailsFields,
}

impl Document for DetailsDocument {
    type Form = DetailsFields;

    fn name(self) -> String {
        format!("course/{}", self.id)
    }

    fn form(self) -> DetailsFields {
        self.fields
    }

    async fn fetch(self, client: Client) -> Answer<CourseDetails> {
        let course = client.call(ShowCourseDraft { course: self.id }).await?;
        let answer = Versioned { version: course.version, value: course.details.clone() };
        self.desk.show(course);
        Ok(answer)
    }

    async fn save(
        self,
        client: Client,
        details: CourseDetails,
        version: i32,
    ) -> Answer<CourseDetails> {
        let course = client.call(SaveCourseDetails { course: self.id, version, details }).await?;
        let answer = Versioned { version: course.version, value: course.details.clone() };
        self.desk.show(course);
        Ok(answer)
    }
}
