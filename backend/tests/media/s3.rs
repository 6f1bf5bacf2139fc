//! A store that speaks as much S3 as files need, in memory.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Arc, Mutex},
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::{Method, header},
    web,
};

#[derive(Default)]
struct Content {
    objects: BTreeMap<String, Vec<u8>>,
    /// Parts of uploads under way, by upload and number.
    parts: BTreeMap<(String, u32), Vec<u8>>,
    uploads: usize,
}

type Shared = web::Data<Mutex<Content>>;

pub struct Store {
    pub endpoint: String,
    content: Arc<Mutex<Content>>,
    handle: ServerHandle,
}

impl Store {
    pub fn start() -> Self {
        let content = Arc::<Mutex<Content>>::default();
        let data = web::Data::from(content.clone());
        let app = move || {
            let limit = web::PayloadConfig::new(64 << 20);
            App::new().app_data(data.clone()).app_data(limit).default_service(web::to(answer))
        };
        let server = HttpServer::new(app).workers(1).bind(("127.0.0.1", 0)).unwrap();
        let endpoint = format!("http://{}", server.addrs()[0]);
        let running = server.disable_signals().run();
        let handle = running.handle();
        actix_web::rt::spawn(running);
        Self { endpoint, content, handle }
    }

    pub fn arguments(&self) -> [&str; 8] {
        let of_ours = ["--s3-endpoint", &self.endpoint, "--s3-bucket", "lessons"];
        let [a, b, c, d] = of_ours;
        [a, b, c, d, "--s3-access-key", "key", "--s3-secret-key", "secret"]
    }

    pub fn names(&self) -> Vec<String> {
        self.content.lock().unwrap().objects.keys().cloned().collect()
    }

    pub fn uploads_in_parts(&self) -> usize {
        self.content.lock().unwrap().uploads
    }

    pub async fn stop(self) {
        self.handle.stop(false).await;
    }
}

async fn answer(http: HttpRequest, body: web::Bytes, store: Shared) -> HttpResponse {
    let query = web::Query::<BTreeMap<String, String>>::from_query(http.query_string())
        .unwrap()
        .into_inner();
    let signed = http
        .headers()
        .get(header::AUTHORIZATION)
        .is_some_and(|it| it.to_str().unwrap().starts_with("AWS4-HMAC-SHA256 Credential=key/"));
    if !signed && !query.contains_key("X-Amz-Signature") {
        return HttpResponse::Forbidden().finish();
    }
    let mut store = store.lock().unwrap();
    let Some(name) = http.path().strip_prefix("/lessons/") else {
        return list(&store, query.get("prefix").map(String::as_str).unwrap_or_default());
    };
    let name = name.to_owned();
    match *http.method() {
        Method::PUT => put(&mut store, name, &query, &body),
        Method::POST => post(&mut store, name, &query),
        Method::GET | Method::HEAD => get(&store, &http, &name),
        Method::DELETE => {
            store.objects.remove(&name);
            HttpResponse::NoContent().finish()
        }
        _ => HttpResponse::MethodNotAllowed().finish(),
    }
}

fn put(
    store: &mut Content,
    name: String,
    query: &BTreeMap<String, String>,
    body: &[u8],
) -> HttpResponse {
    match query.get("partNumber") {
        Some(number) => {
            store.parts.insert((query["uploadId"].clone(), number.parse().unwrap()), body.into());
        }
        None => drop(store.objects.insert(name, body.into())),
    }
    HttpResponse::Ok().insert_header((header::ETAG, "\"e\"")).finish()
}

fn post(store: &mut Content, name: String, query: &BTreeMap<String, String>) -> HttpResponse {
    let Some(upload) = query.get("uploadId") else {
        store.uploads += 1;
        let id = store.uploads;
        return HttpResponse::Ok().body(format!(
            "<InitiateMultipartUploadResult><UploadId>{id}</UploadId>\
             </InitiateMultipartUploadResult>"
        ));
    };
    let parts = store.parts.iter().filter(|it| it.0.0 == *upload);
    let whole = parts.flat_map(|it| it.1.clone()).collect();
    store.objects.insert(name, whole);
    HttpResponse::Ok()
        .body("<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>")
}

fn get(store: &Content, http: &HttpRequest, name: &str) -> HttpResponse {
    let Some(whole) = store.objects.get(name) else { return HttpResponse::NotFound().finish() };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::ETAG, "\"e\""))
        .insert_header((header::LAST_MODIFIED, "Mon, 05 Jan 2026 08:00:00 GMT"));
    let Some(range) = http.headers().get(header::RANGE) else {
        return response.body(whole.clone());
    };
    let (from, to) = range.to_str().unwrap()["bytes=".len()..].split_once('-').unwrap();
    let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
    let described = format!("bytes {from}-{to}/{}", whole.len());
    response.status(actix_web::http::StatusCode::PARTIAL_CONTENT);
    response.insert_header((header::CONTENT_RANGE, described)).body(whole[from..=to].to_vec())
}

fn list(store: &Content, prefix: &str) -> HttpResponse {
    let mut found = String::new();
    for (name, content) in store.objects.iter().filter(|it| it.0.starts_with(prefix)) {
        write!(
            found,
            "<Contents><Key>{name}</Key><LastModified>2026-01-05T08:00:00.000Z</LastModified>\
             <ETag>\"e\"</ETag><Size>{}</Size></Contents>",
            content.len()
        )
        .unwrap();
    }
    HttpResponse::Ok().body(format!(
        "<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>"
    ))
}
