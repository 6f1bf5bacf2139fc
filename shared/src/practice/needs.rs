//! What a session has on site, said for its people.

use super::{MaterialNeed, SiteTemplate, StationNeed};

impl SiteTemplate {
    /// What it says, each under its name; what nobody has said is left out. Groups and materials are
    /// counted for so many people; without people materials are said for each.
    pub fn facts(&self, heads: u32) -> Vec<(&'static str, String)> {
        let materials =
            if heads == 0 { per_head(&self.materials) } else { tally(&self.materials, heads) };
        let facts = [
            ("工位", rotation(&self.stations)),
            ("分组", groups(self.group_size, heads)),
            ("材料", materials),
            ("安全交底", self.safety.clone()),
            ("签到方式", self.check_in.map(|it| it.label().to_owned()).unwrap_or_default()),
            ("现场责任人", self.responsible.clone()),
        ];
        facts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// `摆杯 15 分钟 → 擦桌 10 分钟，轮一圈 25 分钟`
fn rotation(stations: &[StationNeed]) -> String {
    let each = stations.iter().map(|it| match it.minutes {
        0 => it.name.clone(),
        minutes => format!("{} {minutes} 分钟", it.name),
    });
    let each = each.collect::<Vec<_>>().join(" → ");
    let round: u32 = stations.iter().map(|it| it.minutes).sum();
    let all_said = stations.len() > 1 && stations.iter().all(|it| it.minutes > 0);
    if all_said { format!("{each}，轮一圈 {round} 分钟") } else { each }
}

/// `4 人一组，24 人分 6 组`
fn groups(size: u32, heads: u32) -> String {
    match (size, heads) {
        (0, _) => String::new(),
        (size, 0) => format!("{size} 人一组"),
        (size, heads) => format!("{size} 人一组，{heads} 人分 {} 组", heads.div_ceil(size)),
    }
}

/// `24 人：抹布 48 块，清洁剂 1.5 升`; nothing for nobody.
pub fn tally(materials: &[MaterialNeed], heads: u32) -> String {
    if heads == 0 { String::new() } else { said(materials, &format!("{heads} 人："), heads) }
}

/// `每人抹布 2 块`
fn per_head(materials: &[MaterialNeed]) -> String {
    said(materials, "每人", 1)
}

/// What is said of them for so many people; nothing where it is of none.
fn said(materials: &[MaterialNeed], before: &str, heads: u32) -> String {
    let counted = materials.iter().filter(|it| it.per_head > 0.0 && !it.name.trim().is_empty());
    let counted = counted.map(|it| {
        let amount = format!("{} {} {}", it.name, it.for_heads(heads), it.unit);
        amount.trim_end().to_owned()
    });
    let counted = counted.collect::<Vec<_>>().join("，");
    if counted.is_empty() { counted } else { format!("{before}{counted}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn materials_are_counted_for_everybody_who_comes() {
        let need = |name: &str, per_head, unit: &str| MaterialNeed {
            name: name.into(),
            per_head,
            unit: unit.into(),
        };
        let materials =
            [need("抹布", 2.0, "块"), need("还没写", 0.0, ""), need("清洁剂", 0.05, "升")];
        assert_eq!(tally(&materials, 24), "24 人：抹布 48 块，清洁剂 1.2 升");
        assert_eq!(tally(&materials, 0), "");
        assert_eq!(tally(&[], 24), "");
        assert_eq!(per_head(&materials), "每人抹布 2 块，清洁剂 0.05 升");
    }

    #[test]
    fn what_nobody_has_said_is_not_shown() {
        assert!(SiteTemplate::default().facts(24).is_empty());
        let site = SiteTemplate { group_size: 4, ..SiteTemplate::default() };
        assert_eq!(site.facts(0), [("分组", "4 人一组".to_owned())]);
        assert_eq!(site.facts(9), [("分组", "4 人一组，9 人分 3 组".to_owned())]);
    }

    #[test]
    fn stations_are_said_in_the_order_in_which_groups_go_round() {
        let station = |name: &str, minutes| StationNeed { name: name.into(), minutes };
        assert_eq!(rotation(&[station("摆杯", 15)]), "摆杯 15 分钟");
        let both = [station("摆杯", 15), station("擦桌", 10)];
        assert_eq!(rotation(&both), "摆杯 15 分钟 → 擦桌 10 分钟，轮一圈 25 分钟");
        assert_eq!(rotation(&[station("摆杯", 15), station("擦桌", 0)]), "摆杯 15 分钟 → 擦桌");
    }
}
