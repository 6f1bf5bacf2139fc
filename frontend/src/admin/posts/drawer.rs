//! Making a post, and changing one.

use leptos::{prelude::*, web_sys};
use shared::organizations::keeping::{AddPost, ManagedPost, PostLevel, PostList, SavePost};

use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, Drawer, Load, SelectField, TextField, number_of},
};

/// What the drawer is open for.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    New,
    /// A post and its place in the order.
    Change(ManagedPost, i32),
}

#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    code: RwSignal<String>,
    level: RwSignal<String>,
    position: RwSignal<String>,
}

impl Fields {
    fn of(target: &Target) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        match target {
            Target::New => {
                Self { name: text(""), code: text(""), level: text(""), position: text("") }
            }
            Target::Change(post, position) => Self {
                name: text(&post.name),
                code: text(&post.code),
                level: RwSignal::new(post.level.map(|it| name_of(&it)).unwrap_or_default()),
                position: RwSignal::new(position.to_string()),
            },
        }
    }

    fn typed(self) -> [String; 4] {
        [self.name, self.code, self.level, self.position].map(|it| it.get())
    }

    fn add(self) -> AddPost {
        let code = self.code.get_untracked();
        AddPost {
            name: self.name.get_untracked(),
            code: (!code.trim().is_empty()).then_some(code),
            level: choice_of(&self.level.get_untracked()),
        }
    }

    fn save(self, post: &ManagedPost) -> SavePost {
        let position = number_of(&self.position.get_untracked());
        SavePost {
            post: post.id,
            version: post.version,
            name: self.name.get_untracked(),
            code: self.code.get_untracked(),
            level: choice_of(&self.level.get_untracked()),
            position: i32::try_from(position).unwrap_or(i32::MAX),
        }
    }
}

#[component]
pub fn PostDrawer(
    target: Target,
    /// The list that it stands in.
    load: Load<PostList>,
    on_close: Callback<()>,
) -> impl IntoView {
    let (fields, doing) = (Fields::of(&target), Doing::new());
    let start = untrack(|| fields.typed());
    let dirty = Signal::derive(move || fields.typed() != start);
    let (title, in_order) = match &target {
        Target::New => ("新建岗位", false),
        Target::Change(post, _) => ("修改岗位", !post.retired),
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match &target {
            Target::New => doing.run(load.after(fields.add()), move |()| on_close.run(())),
            Target::Change(post, _) => {
                doing.run(load.after(fields.save(post)), move |()| on_close.run(()));
            }
        }
    };
    let errors = doing.errors;
    let levels = PostLevel::ALL.iter().map(|it| (name_of(it), it.label().to_owned()));
    let levels: Vec<_> =
        std::iter::once((String::new(), "不分等级".to_owned())).chain(levels).collect();
    view! {
        <Drawer title on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {doing.note()}
                <TextField label="岗位名称" value=fields.name autofocus=true error=errors.signal("name")/>
                <TextField
                    label="代码"
                    hint="字母、数字和横线，例如 BJ；新建时不填就自动编一个"
                    value=fields.code
                    error=errors.signal("code")
                />
                <SelectField label="等级" optional=true value=fields.level choices=levels error=errors.signal("level")/>
                {in_order.then(|| view! {
                    <TextField label="排在第几" kind="number" min="1" value=fields.position error=errors.signal("position")/>
                })}
                <div class="c-form__foot">
                    <button type="submit" class="c-button c-button--primary" disabled=doing.busy>
                        {move || if doing.busy.get() { "正在保存…" } else { "保存" }}
                    </button>
                </div>
            </form>
        </Drawer>
    }
}
