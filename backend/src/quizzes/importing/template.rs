//! The table to fill in.

use actix_web::{HttpRequest, HttpResponse, web};
use rust_xlsxwriter::{
    DataValidation, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use shared::{
    api::Officer,
    authoring::QuestionColumn::{
        self, Answer, Explanation, Kind, OptionA, OptionB, OptionC, OptionD, OptionE, OptionF, Stem,
    },
};

use crate::{
    App, Result,
    http::{Ctx, refuse, workbook},
};

/// The columns of the template; more options may be added behind F.
const COLUMNS: [QuestionColumn; 10] =
    [Kind, Stem, OptionA, OptionB, OptionC, OptionD, OptionE, OptionF, Answer, Explanation];

/// One row of each kind, to be written over.
const EXAMPLES: [[&str; 10]; 3] = [
    [
        "单选",
        "（示例）拖地以前先做什么？",
        "放“小心地滑”的牌子",
        "打开窗户",
        "关掉电灯",
        "",
        "",
        "",
        "A",
        "先放牌子，走过的人才知道地滑。",
    ],
    [
        "多选",
        "（示例）哪些垃圾要单独放？",
        "废灯管",
        "果皮",
        "用过的电池",
        "纸巾",
        "",
        "",
        "AC",
        "废灯管和电池是有害垃圾。",
    ],
    [
        "判断",
        "（示例）湿手可以拔插头。",
        "",
        "",
        "",
        "",
        "",
        "",
        "错",
        "手上有水会触电，擦干再拔。",
    ],
];

const EXPLANATIONS: [(&str, &str); 6] = [
    ("题型", "必填：单选、多选或者判断"),
    ("题干", "必填，不超过 500 个字"),
    (
        "选项A 到 选项F",
        "单选和多选至少填两个，每个不超过 200 个字；判断题空着。还要更多，可以加到选项H",
    ),
    ("答案", "必填：单选写一个字母，比如 A；多选写在一起，比如 AC；判断写“对”或者“错”"),
    ("解析", "必填，一句话说清为什么，不超过 500 个字；答错的人会看到"),
    ("其他", "一次最多 500 题；前三行是示例，填好后请删掉"),
];

pub async fn template(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    Ctx::<Officer>::of(app.clone(), http).await?;
    let bytes = web::block(book).await??;
    Ok(workbook(bytes, "题目模板.xlsx", "question-template.xlsx"))
}

fn book() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("题目")?)?;
    let sheet = book.add_worksheet().set_name("填写说明")?;
    sheet.set_column_width(0, 16)?.set_column_width(1, 80)?;
    for (at, (column, meaning)) in (0..).zip(EXPLANATIONS) {
        sheet.write_string_with_format(at, 0, column, &Format::new().set_bold())?;
        sheet.write_string(at, 1, meaning)?;
    }
    book.save_to_buffer()
}

/// Every column is text, so that Excel makes no numbers and dates of what is typed.
fn fill(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_align(FormatAlign::Center);
    let head = head.set_border_bottom(FormatBorder::Thin);
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    for (at, column) in (0..).zip(COLUMNS) {
        let width = match column {
            Stem | Explanation => 36.0,
            Kind | Answer => 8.0,
            _ => 18.0,
        };
        sheet.set_column_width(at, width)?;
        sheet.set_column_format(at, &text)?;
        sheet.write_string_with_format(0, at, column.label(), &head)?;
    }
    for (row, cells) in (1..).zip(EXAMPLES) {
        for (at, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(row, at, cell, &text)?;
        }
    }
    let kinds = DataValidation::new().allow_list_strings(&["单选", "多选", "判断"])?;
    sheet.add_data_validation(1, 0, 500, 0, &kinds)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quizzes::importing::read::read;

    #[test]
    fn the_template_is_read_as_the_examples_that_stand_in_it() {
        let read = read(&book().unwrap()).unwrap();
        assert_eq!(read.problems, []);
        let answers: Vec<Vec<bool>> = read
            .questions
            .iter()
            .map(|(_, it)| it.options.iter().map(|option| option.correct).collect())
            .collect();
        let expected =
            [vec![true, false, false], vec![true, false, true, false], vec![false, true]];
        assert_eq!(answers, expected);
    }
}
