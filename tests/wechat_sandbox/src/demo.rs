//! The cast, the accounts and the templates of the demo.

use std::net::{Ipv4Addr, SocketAddr};

use crate::{
    config::{Account, SandboxConfig, Template, TemplateLine, WecomApp},
    people::SandboxPerson,
};

impl SandboxConfig {
    /// The demo world. Its openids follow from the keys, so that a seed can name them beforehand.
    pub fn demo() -> Self {
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            mini_program: Account {
                app_id: "wxmini000000000001".to_owned(),
                secret: "demo-mini-secret".to_owned(),
            },
            official_account: Account {
                app_id: "wxoa00000000000001".to_owned(),
                secret: "demo-oa-secret".to_owned(),
            },
            wecom: WecomApp {
                corp_id: "ww0000000000000001".to_owned(),
                agent_id: "1000002".to_owned(),
                secret: "demo-wecom-secret".to_owned(),
            },
            authorised_hosts: vec!["127.0.0.1".to_owned(), "localhost".to_owned()],
            auto_person: None,
            people: people(),
            templates: templates(),
            pages: [
                "pages/index/index",
                "pages/course/index",
                "pages/session/index",
                "pages/start/index",
                "pages/web/index",
            ]
            .map(str::to_owned)
            .to_vec(),
        }
    }
}

fn people() -> Vec<SandboxPerson> {
    let cast = [
        ("wangxiuying", "王秀英", "保洁学员"),
        ("lijianguo", "李建国", "安保学员"),
        ("chenmei", "陈梅", "会务学员"),
        ("zhaodeshun", "赵德顺", "食堂学员"),
        ("sunlihua", "孙丽华", "绿化学员"),
        ("zhoutao", "周涛", "设备学员"),
        ("liuqiang", "刘强", "保洁队长"),
        ("wufang", "吴芳", "讲师"),
        ("zhengming", "郑明", "经办"),
    ];
    let mut people: Vec<SandboxPerson> = (1_u32..)
        .zip(cast)
        .map(|(number, (key, name, note))| {
            SandboxPerson::new(key, name, note, &format!("138{number:08}"))
        })
        .collect();
    people.push(SandboxPerson::stranger());
    people
}

fn templates() -> Vec<Template> {
    vec![
        template(
            "TPL_ASSIGNMENT",
            "学习任务提醒",
            &[("课程名称", "thing1"), ("提醒内容", "thing2"), ("截止时间", "date3")],
        ),
        template(
            "TPL_SESSION",
            "实训开始提醒",
            &[("实训名称", "thing1"), ("开始时间", "date2"), ("地点", "thing3")],
        ),
        template(
            "TPL_DIGEST",
            "班组学习提醒",
            &[("事项", "thing1"), ("情况", "thing2"), ("日期", "date3")],
        ),
    ]
}

fn template(id: &str, title: &str, lines: &[(&str, &str)]) -> Template {
    Template {
        id: id.to_owned(),
        title: title.to_owned(),
        lines: lines
            .iter()
            .map(|(label, key)| TemplateLine {
                label: (*label).to_owned(),
                key: (*key).to_owned(),
                choices: Vec::new(),
            })
            .collect(),
        long_term: false,
    }
}
