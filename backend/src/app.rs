//! What handlers, jobs and commands need; built once at start-up, cheap to clone.

use std::sync::Arc;

use crate::{
    Result, accounts::Callers, cache::Cache, clock::Clock, config::Config, db::Db, keys::Keys,
    media::Media, wechat::WeChat,
};

#[derive(Clone)]
pub struct App {
    pub config: Arc<Config>,
    pub db: Db,
    pub cache: Cache,
    pub clock: Clock,
    pub keys: Arc<Keys>,
    pub media: Media,
    pub wechat: WeChat,
    pub callers: Callers,
}

impl App {
    /// Connects to everything the configuration names.
    pub async fn start(config: Config) -> Result<Self> {
        let keys = Arc::new(Keys::load(&config.data_dir)?);
        let db = Db::connect(&config.database_url()).await?;
        let cache = Cache::connect(config.redis_url()).await?;
        let clock = Clock::default();
        let media = Media::open(&config)?;
        let wechat = WeChat::new(&config, db.clone(), clock.clone(), &keys)?;
        let callers = Callers::default();
        Ok(Self { config: Arc::new(config), db, cache, clock, keys, media, wechat, callers })
    }
}
