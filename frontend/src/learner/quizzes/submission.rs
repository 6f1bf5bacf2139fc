//! 交卷, which goes on until the server has it.

use leptos::{prelude::*, task::spawn_local};

use super::{
    super::backoff,
    paper::{Paper, Stage},
    unsent,
};
use crate::ui::{
    Dialog, Overlay, Shape,
    html::{Html, div, h2, p},
    icon,
};

impl Paper {
    /// Submits with whatever is not saved yet. Once said, it is kept: a killed app says it again.
    pub fn submit(self) {
        self.stage.set(Stage::Submitting { waiting: false });
        self.keep(true);
        self.round.update_value(|it| *it += 1);
        let round = self.round.get_value();
        spawn_local(async move {
            let mut tries = 0;
            while self.is_round(round) {
                let mut request = self.unsent();
                request.submit = true;
                let answer = self.client.call(request.submit_request()).await;
                if !self.is_alive() {
                    return;
                }
                match answer {
                    Ok(_) => {
                        unsent::forget(self.id);
                        return self.stage.set(Stage::Over);
                    }
                    Err(trouble) if trouble.passes() => {
                        self.stage.set(Stage::Submitting { waiting: true });
                        backoff::wait(tries).await;
                        tries += 1;
                    }
                    Err(trouble) => return self.refused_submission(trouble),
                }
            }
        });
    }

    fn refused_submission(self, trouble: crate::client::Trouble) {
        // Late answers are no reason: whatever was in time is counted.
        if trouble.code() == Some(shared::problem::Code::AnswerLate) {
            unsent::forget(self.id);
            self.stage.set(Stage::Over);
        } else {
            self.keep(false);
            self.refused(trouble);
        }
    }
}

/// 交卷, or look again.
pub fn submit_dialog(paper: Paper, overlay: Overlay) -> Html {
    let text = move || match paper.unanswered() {
        0 => format!("{} 道题都答了。交卷后不能再改。", paper.count()),
        rest => format!("还有 {rest} 道题没答。交卷后不能再改。"),
    };
    let dialog = Dialog { title: "现在交卷吗？", yes: "交卷", no: "再检查一下" };
    dialog.html(overlay, text, move || paper.submit())
}

/// Covers the questions while the server has not said yes.
pub fn submitting(waiting: bool) -> Html {
    let (shape, title, text) = if waiting {
        (
            Shape::Cloud,
            "没有网络，还没交上去",
            "别担心：答案和交卷都存在手机里，一有网就自动交。可以走到信号好的地方，这一页开着就行。",
        )
    } else {
        (Shape::Clock, "正在交卷…", "马上就好，请不要关掉。")
    };
    div("moment")
        .attr("role", "alert")
        .with(icon(shape))
        .with(h2("").text(title))
        .with(p("").text(text))
}
