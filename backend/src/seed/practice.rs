//! 实操要求 in the seed's course files, as an author wrote it.

use serde::Deserialize;
use shared::practice::{
    Checklist, ChecklistItem, ChecklistItemId, Measure, Practice, SiteTemplate,
};
use uuid::Uuid;

/// 实操要求; its items have no ids before they are written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PracticeFile {
    pub checklist: ChecklistFile,
    pub site: SiteTemplate,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChecklistFile {
    pub minutes: u32,
    pub items: Vec<ItemFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemFile {
    pub text: String,
    pub measure: Option<Measure>,
    pub weight: u32,
    #[serde(default)]
    pub fatal: bool,
    #[serde(default)]
    pub photo: bool,
}

impl PracticeFile {
    /// With items that can be linked to.
    pub fn written(self) -> Practice {
        let item = |it: ItemFile| ChecklistItem {
            id: ChecklistItemId(Uuid::now_v7()),
            text: it.text,
            measure: it.measure,
            weight: it.weight,
            fatal: it.fatal,
            photo: it.photo,
        };
        let ChecklistFile { minutes, items } = self.checklist;
        let items = items.into_iter().map(item).collect();
        Practice { checklist: Checklist { minutes, items }, site: self.site }
    }
}
