//! 现场管理系统化: what each session of the course has on site is said.

use shared::{gates::GateReason, practice::SiteTemplate};

use super::{Facts, to};

impl Facts<'_> {
    pub(super) fn unplanned(&self) -> Vec<GateReason> {
        let SiteTemplate { stations, group_size, materials, safety, check_in, responsible } =
            &self.document.practice.site;
        let demands = [
            (!stations.is_empty(), "场次模板没有工位，至少写一个"),
            (*group_size > 0, "场次模板没有写每组几个人"),
            (!materials.is_empty(), "场次模板没有实训材料，请写上每人用多少"),
            (!safety.is_empty(), "场次模板没有写安全交底"),
            (check_in.is_some(), "场次模板没有选签到方式"),
            (!responsible.is_empty(), "场次模板没有写现场责任人"),
        ];
        let missing = demands.into_iter().filter(|(there, _)| !there);
        let mut missing: Vec<String> = missing.map(|(_, text)| text.to_owned()).collect();
        let nameless = stations.iter().any(|it| it.name.is_empty());
        if nameless || materials.iter().any(|it| it.name.is_empty()) {
            missing.push("场次模板里有工位或材料没有写名称".into());
        }
        let untimed = stations.iter().filter(|it| it.minutes == 0 && !it.name.is_empty());
        missing.extend(untimed.map(|it| format!("工位“{}”没有写每组练几分钟", it.name)));
        let bare = materials.iter().filter(|it| it.unit.is_empty() && !it.name.is_empty());
        missing.extend(bare.map(|it| format!("材料“{}”没有写单位", it.name)));
        let uncounted = materials.iter().filter(|it| it.per_head <= 0.0 && !it.name.is_empty());
        missing.extend(uncounted.map(|it| format!("材料“{}”没有写每人用多少", it.name)));
        missing.into_iter().map(|text| to(text, self.practice_page())).collect()
    }
}
