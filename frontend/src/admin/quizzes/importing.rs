//! 导入题目: from a table or from text, looked through before anything changes.

mod preview;

use leptos::prelude::*;
use shared::authoring::{PreviewQuestions, QuestionPreview};

use self::preview::Preview;
use super::document::QuizDocument;
use crate::admin::kit::{
    AreaField, Doing, DownloadLink, Draft, Drawer, FileButton, UploadKind, reading,
};

/// The quiz that is open in the editor.
pub type Open = StoredValue<Draft<QuizDocument>>;

/// The button, and what came of it.
#[component]
pub fn ImportQuestions(draft: Open) -> impl IntoView {
    let (open, added) = (RwSignal::new(false), RwSignal::new(None::<usize>));
    let conflict = draft.with_value(|it| it.state.conflict);
    let on_close = Callback::new(move |()| open.set(false));
    let on_added = Callback::new(move |count| {
        added.set(Some(count));
        open.set(false);
    });
    view! {
        <div class="c-actions">
            <span class="c-quiet" role="status">
                {move || added.get().map(|count| {
                    let choose = if conflict.get() { "。这一页被别人改过，先在上面定下来留谁的" } else { "" };
                    format!("加进了 {count} 题，排在最后面{choose}")
                })}
            </span>
            <button type="button" class="c-button c-button--small" on:click=move |_| {
                added.set(None);
                open.set(true);
            }>"导入题目"</button>
        </div>
        {move || open.get().then(|| view! { <ImportDrawer draft on_added on_close/> })}
    }
}

#[component]
fn ImportDrawer(draft: Open, on_added: Callback<usize>, on_close: Callback<()>) -> impl IntoView {
    let course = draft.with_value(|it| it.document.course);
    let (text, preview) = (RwSignal::new(String::new()), RwSignal::new(None::<QuestionPreview>));
    let (doing, sending) = (Doing::new(), RwSignal::new(false));
    let blank = move || text.with(|it| it.trim().is_empty());
    let found = Callback::new(move |it: QuestionPreview| preview.set(Some(it)));
    let look = move |_| {
        let request = PreviewQuestions { course, text: text.get_untracked() };
        doing.call(request, move |it| found.run(it));
    };
    let dirty = Signal::derive(move || {
        !blank() || preview.with(|it| it.as_ref().is_some_and(|it| !it.questions.is_empty()))
    });
    view! {
        <Drawer title="导入题目" wide=true dirty on_close>
            <p class="c-quiet">"选好文件只是先看一遍，点了“加进测验”才算数。"</p>
            <h3 class="c-subtitle">"第 1 步 下载模板"</h3>
            <p>"每行一题：题型写单选、多选或者判断，答案写字母（A 或者 AC），判断写对或者错。每题都要有一句解析。"</p>
            <p><DownloadLink href="/api/console/question-template.xlsx".to_owned() words="下载模板" guarded=false class="c-button"/></p>
            <h3 class="c-subtitle">"第 2 步 选择文件，或者粘贴文字"</h3>
            <p>"可以是填好的 .xlsx、.csv，Word 里的试卷（.docx），或者从别的系统导出的 GIFT 文本；一次最多 500 题、2 MB。"</p>
            <FileButton kind=UploadKind::Questions(course) label="选择题目文件" on_done=reading(found) busy=sending/>
            <AreaField
                label="粘贴文字"
                hint="从 Word 里复制的试卷（题号、选项、答案都带上），从表格里复制的几行（连表头一起），或者 GIFT 文本"
                value=text
                rows=3
            />
            {doing.note()}
            <button
                type="button"
                class="c-button"
                disabled=move || blank() || doing.busy.get() || sending.get()
                on:click=look
            >
                {move || if doing.busy.get() { "正在看…" } else { "看看这段文字里的题" }}
            </button>
            {move || preview.get().map(|preview| view! { <Preview draft preview on_added/> })}
        </Drawer>
    }
}
