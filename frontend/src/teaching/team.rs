//! 班组: helping the own people into the app.

use leptos::prelude::*;
use shared::{
    accounts::{
        binding::{Invitation, ListTeam, MakeInvitation, TeamMember},
        passwords::MakePasswordCode,
    },
    page::Page as ListPage,
    standards::{ListTeamStandards, TeamStandard},
    time::{day, local_date},
};

use crate::{
    clock,
    ui::{
        Act, Keep, Load, Overlay, Shape, Tone, button, cells, empty,
        html::{self, Html, details, div, h1, h2, live, many, none, p, span, summary},
        icon, name_page, pages, sheet, tag, text_input,
    },
};

pub fn team_page() -> Html {
    name_page("班组");
    let search = RwSignal::new(String::new());
    let codes = Codes::new();
    let load = Load::of(Keep::No, move || request(search.get(), None));
    let people = load.view(move |page| list(page, search, codes));
    let standards = Load::of(Keep::No, || ListTeamStandards {});
    let hint = "没绑定微信的人，给他们一个邀请码，在他们自己的手机上打开指尖教学填进去。要在电脑上登录的人，给一个电脑码。换了微信号的人，先找到名字再给。";
    many([
        h1("top-title").text("班组"),
        // What does not load is said once, by the people below.
        live(move || standards.get().map_or_else(none, affected)),
        p("hint").text(hint),
        search_form(search),
        codes.act.note(),
        people,
        codes.html(),
    ])
}

/// The new standards that affect somebody of the team, and whom.
fn affected(standards: Vec<TeamStandard>) -> Html {
    if standards.is_empty() {
        return none();
    }
    let today = local_date(clock::now());
    let one = |it: TeamStandard| {
        let done = it.people.iter().filter(|it| it.finished).count();
        let from = it.effective_on.map(|from| format!("，{}起实施", day(from, today)));
        let learnt = it.course.map(|_| format!("，{done} 人学完了差异微课"));
        let words = summary("")
            .text(it.name)
            .text(from.unwrap_or_default())
            .text(format!("，影响我队 {} 人", it.people.len()))
            .text(learnt.unwrap_or_default());
        let mark = |finished| if finished { "（学完）" } else { "" };
        let names = it.people.into_iter().map(|it| it.name + mark(it.finished));
        let names = names.collect::<Vec<_>>().join("、");
        details("help").with(words).with(p("").text(names))
    };
    many([h2("cells-title").text("新标准影响我队")]).all(standards.into_iter().map(one))
}

fn request(search: String, cursor: Option<String>) -> ListTeam {
    ListTeam { search: Some(search).filter(|it| !it.is_empty()), cursor }
}

fn search_form(search: RwSignal<String>) -> Html {
    let typed = RwSignal::new(String::new());
    let field = text_input(
        typed,
        &[
            ("class", "search-input"),
            ("type", "search"),
            ("maxlength", "50"),
            ("placeholder", "按姓名或工号找人"),
            ("aria-label", "按姓名或工号找人"),
        ],
    );
    html::form("search")
        .attr("role", "search")
        .on("submit", move |event| {
            event.prevent_default();
            search.set(typed.get_untracked().trim().to_owned());
        })
        .with(icon(Shape::Search))
        .with(field)
        .with(html::button("button-link").attr("type", "submit").text("查找"))
}

fn list(page: ListPage<TeamMember>, search: RwSignal<String>, codes: Codes) -> Html {
    let words = search.get_untracked();
    if page.items.is_empty() {
        return if words.is_empty() {
            empty(Shape::Tick, "都绑定好了", "您班组里的人都绑定了微信。")
        } else {
            empty(Shape::Search, "没有找到这个人", "请核对姓名或工号。")
        };
    }
    let more = move |cursor| request(words.clone(), Some(cursor));
    cells("", [pages(page, move |person| codes.row(person), more)])
}

/// What a code is for.
#[derive(Clone, Copy, PartialEq)]
enum Purpose {
    Wechat,
    Password,
}

/// The code that was made last, which is shown once.
#[derive(Clone, Copy)]
struct Codes {
    act: Act,
    overlay: Overlay,
    made: RwSignal<Option<(String, Purpose, Invitation)>>,
}

impl Codes {
    fn new() -> Self {
        Self { act: Act::new(), overlay: Overlay::new(), made: RwSignal::new(None) }
    }

    fn row(self, person: &TeamMember) -> Html {
        let (id, name) = (person.id, person.name.clone());
        let show = move |purpose, invitation| {
            self.made.set(Some((name.clone(), purpose, invitation)));
            self.overlay.show();
        };
        let for_password = show.clone();
        let invite = move || {
            let show = show.clone();
            self.act.call(&MakeInvitation { person: id }, move |it| show(Purpose::Wechat, it));
        };
        let let_set = move || {
            let show = for_password.clone();
            self.act.call(&MakePasswordCode { person: id }, move |it| show(Purpose::Password, it));
        };
        let bound = if person.bound { tag(Tone::Good, "已绑定") } else { none() };
        let main = span("cell-main")
            .with(span("cell-title").text(&person.name))
            .with(span("cell-note").text(&person.staff_number))
            .with(bound);
        let class = "button button-small button-plain";
        div("cell").with(main).with(button(class, "邀请码", invite)).with(button(
            class,
            "电脑码",
            let_set,
        ))
    }

    fn html(self) -> Html {
        on_cleanup(move || self.overlay.hide());
        let content = move || match self.made.get() {
            Some((name, purpose, invitation)) => code(&name, purpose, &invitation),
            None => none(),
        };
        sheet(self.overlay, "给您班组的码".into(), move || live(content))
    }
}

fn code(name: &str, purpose: Purpose, invitation: &Invitation) -> Html {
    let (first, second) = invitation.code.split_at(invitation.code.len() / 2);
    let (what, how) = match purpose {
        Purpose::Wechat => {
            let until = day(local_date(invitation.expires_at), local_date(clock::now()));
            let how =
                "之前有效，只能用一次。请本人在自己的手机上打开指尖教学，填姓名、工号和这个码。";
            (" 的邀请码：", format!("{until}{how}"))
        }
        Purpose::Password => {
            let how = "半小时内有效，只能用一次。请本人在电脑的登录页点“用队长给的码设”，填工号和这个码。";
            (" 的电脑码：", how.to_owned())
        }
    };
    many([
        p("").text("给 ").text(name).text(what),
        p("checked-in-time").text(first).text(" ").text(second),
        p("hint").text("只显示这一次，").text(how),
    ])
}
