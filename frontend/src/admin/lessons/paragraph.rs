//! A paragraph's text with its marks.

use leptos::{html, prelude::*};

use crate::admin::kit::AreaField;

/// A text area with a button that makes the chosen words bold.
#[component]
pub fn ParagraphField(value: RwSignal<String>, error: Signal<Option<String>>) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    view! {
        <div class="c-paragraph">
            <div class="c-paragraph__tools" role="group" aria-label="选中文字后点">
                <button type="button" class="c-tool" on:click=move |_| mark(node, value, "**")><strong>"粗体"</strong></button>
                <button type="button" class="c-tool" on:click=move |_| mark(node, value, "__")><em>"强调"</em></button>
            </div>
            <AreaField
                label="段落文字"
                hint="选中几个字再点“粗体”，两边会加上 ** 号；按回车换行。手机上的样子看右边。"
                value
                rows=3
                node
                error
            />
        </div>
    }
}

/// Puts a mark around the chosen words, and leaves them chosen.
fn mark(node: NodeRef<html::Textarea>, value: RwSignal<String>, mark: &str) {
    let Some(area) = node.get_untracked() else { return };
    let place = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or_default() as usize;
    let (start, end) = (place(area.selection_start()), place(area.selection_end()));
    // The browser counts UTF-16 units.
    let units: Vec<u16> = value.get_untracked().encode_utf16().collect();
    let (Some(before), Some(inside), Some(after)) =
        (units.get(..start), units.get(start..end), units.get(end..))
    else {
        return;
    };
    let text = |units: &[u16]| String::from_utf16_lossy(units);
    let inside = if inside.is_empty() { "要突出的字".to_owned() } else { text(inside) };
    let marked = format!("{}{mark}{inside}{mark}{}", text(before), text(after));
    value.set(marked.clone());
    area.set_value(&marked);
    let from = start + mark.len();
    let to = from + inside.encode_utf16().count();
    let unit = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let _ = area.focus();
    let _ = area.set_selection_range(unit(from), unit(to));
}
