//! 交卷, which goes on until the server has it.

use leptos::{prelude::*, task::spawn_local};
use shared::time::clock_time;

use super::{
    super::backoff,
    paper::{Paper, Stage},
    unsent,
};
use crate::{
    clock,
    ui::{
        Dialog, Overlay, Shape,
        html::{Html, div, h2, p},
        icon,
    },
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
                    Ok(submitted) => {
                        unsent::note_late(self.id, submitted.late_ignored.len());
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
            unsent::note_late(self.id, self.unsent().late(&trouble));
            unsent::forget(self.id);
            self.stage.set(Stage::Over);
        } else {
            // Whoever has to sign in again has said 交卷 all the same.
            self.keep(trouble.is_signed_out());
            self.refused(trouble);
        }
    }
}

fn waiting_words(paper: Paper) -> String {
    format!(
        "答案和交卷都存在手机里，一有网就自动交。{} 前连上网，答案才都算分：请走到信号好的地方。",
        clock_time(paper.deadline_at)
    )
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
pub fn submitting(paper: Paper, waiting: bool) -> Html {
    let (shape, title, text) = match (waiting, paper.kept.get_untracked()) {
        (false, _) => (Shape::Clock, "正在交卷…", "马上就好，请不要关掉。".into()),
        (true, false) => (
            Shape::Cloud,
            "还没交上去，请不要关掉这一页",
            "手机存不下答案了。请开着这一页，走到信号好的地方，会自动交。".into(),
        ),
        (true, true) if paper.deadline_at > clock::now() => {
            (Shape::Cloud, "还没交上去", waiting_words(paper))
        }
        (true, true) => (
            Shape::Cloud,
            "时间到了，还没交上去",
            "已经上传的答案都算分。没上传完的，连上网以后会告诉您。请走到信号好的地方。".into(),
        ),
    };
    div("moment")
        .attr("role", "alert")
        .with(icon(shape))
        .with(h2("").text(title))
        .with(p("").text(text))
}
