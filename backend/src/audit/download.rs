//! The log to take along: as NDJSON, which can be verified, and as a workbook, which can be read.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, ContentDisposition, DispositionParam, DispositionType},
    web::{self, Bytes},
};
use futures_util::{Stream, stream};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};
use shared::{
    api::{self, Auditor},
    audit::{AuditRecord, ListAuditRecords},
    time,
};

use super::{Event, console::asked, export, reading, record_alone};
use crate::{
    App, Result,
    accounts::step_up,
    http::{Ctx, refuse},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Records read at once.
const PAGE: u64 = 1000;

/// Rows of a workbook: it is made in memory.
const LARGEST: u64 = 50_000;

/// `GET /api/console/audit/records.ndjson` and `.xlsx`, for auditors, with the query of
/// [`ListAuditRecords`].
pub fn plain(config: &mut web::ServiceConfig) {
    config
        .route("/api/console/audit/records.ndjson", web::get().to(ndjson))
        .route("/api/console/audit/records.xlsx", web::get().to(xlsx));
}

async fn ndjson(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer_ndjson(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer_ndjson(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let request = allowed(http, app, "ndjson").await?;
    Ok(attachment(app, "ndjson")
        .content_type("application/x-ndjson")
        .streaming(lines(app.clone(), request)))
}

async fn xlsx(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer_xlsx(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer_xlsx(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let request = allowed(http, app, "xlsx").await?;
    let db = app.db.read();
    let rows = reading::some(db, &request, None, LARGEST).await?;
    let records = reading::shown(db, rows).await?;
    let bytes = web::block(move || workbook(&records)).await??;
    Ok(attachment(app, "xlsx").content_type(XLSX).body(bytes))
}

/// Lets auditors through, and records what they take along before they get it.
async fn allowed(http: &HttpRequest, app: &App, format: &'static str) -> Result<ListAuditRecords> {
    let ctx = Ctx::<Auditor>::of(app.clone(), http).await?;
    step_up::require(app, http).await?;
    let (path, query) = (http.match_info().iter(), http.query_string());
    let request = api::decode::<ListAuditRecords>(path, query, &[])?;
    let act = asked(ctx.actor(), Event::AuditExported, &request);
    record_alone(app, act.with("format", format)).await?;
    Ok(request)
}

fn attachment(app: &App, ending: &str) -> actix_web::HttpResponseBuilder {
    let day = time::local_date(app.clock.process_now());
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(format!("audit-log-{day}.{ending}"))],
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "no-store")).insert_header(disposition);
    response
}

/// The records as they are read, so that no log is too long. One that breaks off ends without its
/// last chunk, which every client notices.
fn lines(app: App, request: ListAuditRecords) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    stream::try_unfold(Some(None), move |before: Option<Option<i64>>| {
        let (app, request) = (app.clone(), request.clone());
        async move {
            let Some(before) = before else { return Ok(None) };
            let page = page(&app, &request, before).await.map_err(std::io::Error::other)?;
            Ok(page.map(|(text, last)| (Bytes::from(text), Some(Some(last)))))
        }
    })
}

async fn page(
    app: &App,
    request: &ListAuditRecords,
    before: Option<i64>,
) -> Result<Option<(String, i64)>> {
    let rows = reading::some(app.db.read(), request, before, PAGE).await?;
    let Some(last) = rows.last().map(|it| it.seq) else { return Ok(None) };
    let mut text = String::new();
    for row in &rows {
        text += &export::line(row)?;
        text.push('\n');
    }
    Ok(Some((text, last)))
}

/// Header and width, in characters, of each column.
const COLUMNS: [(&str, f64); 11] = [
    ("序号", 9.0),
    ("时间（北京时间）", 20.0),
    ("事件", 22.0),
    ("结果", 8.0),
    ("姓名", 10.0),
    ("工号", 12.0),
    ("网络地址", 16.0),
    ("对象类别", 10.0),
    ("对象", 38.0),
    ("细节", 60.0),
    ("校验值", 68.0),
];

/// Everything is written as a string and marked as text, so that none of it is ever a formula.
fn workbook(records: &[AuditRecord]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("审计日志")?;
    let bold = Format::new().set_bold().set_align(FormatAlign::Center);
    let text = Format::new().set_num_format("@").set_quote_prefix();
    for (column, (name, width)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, record) in (1..).zip(records) {
        for (column, cell) in (0..).zip(cells(record)) {
            sheet.write_string_with_format(row, column, cell, &text)?;
        }
    }
    book.save_to_buffer()
}

fn cells(record: &AuditRecord) -> [String; COLUMNS.len()] {
    let person = |tell: fn(&shared::accounts::PersonCard) -> &String| {
        record.person.as_ref().map(tell).cloned().unwrap_or_default()
    };
    let facts: Vec<_> =
        record.facts.iter().map(|it| format!("{}：{}", it.name, it.value)).collect();
    [
        record.seq.to_string(),
        time::stamp(record.at),
        record.title.clone(),
        record.outcome.label().into(),
        person(|it| &it.name),
        person(|it| &it.staff_number),
        record.address.map(|it| it.to_string()).unwrap_or_default(),
        record.object_kind.clone(),
        record.object_name.clone().or_else(|| record.object.clone()).unwrap_or_default(),
        facts.join("；"),
        record.hash.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use chrono::DateTime;
    use shared::audit::{AuditFact, AuditOutcome};

    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_text_in_the_workbook() {
        let record = AuditRecord {
            seq: 1,
            at: DateTime::UNIX_EPOCH,
            event: "signed_in".into(),
            title: "=1+1".into(),
            outcome: AuditOutcome::Done,
            person: None,
            address: None,
            object_kind: "+1".into(),
            object: Some("@SUM(A1)".into()),
            object_name: None,
            facts: vec![AuditFact { name: "-1".into(), value: "=2".into() }],
            hash: String::new(),
        };
        let bytes = workbook(&[record]).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut xml).unwrap();
        assert!(!xml.contains("<f>"), "{xml}");
    }
}
