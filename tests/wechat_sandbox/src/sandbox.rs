//! A running sandbox and the hands of whoever started it.

use std::{
    net::SocketAddr,
    thread::{self, JoinHandle},
};

use actix_web::{
    App, HttpServer,
    dev::ServerHandle,
    middleware::from_fn,
    rt::System,
    web::{Data, ServiceConfig},
};
use anyhow::Context as _;
use tokio::sync::{mpsc::UnboundedReceiver, oneshot};

use crate::{
    callback::{self, Callback, Delivery},
    callback_event::{Push, What},
    config::SandboxConfig,
    faults::{Fault, FaultRule},
    gateway,
    one_time_codes::{Purpose, Scope},
    people::SandboxPerson,
    routes,
    sent_messages::SentMessage,
    state::State,
};

/// A local WeChat. It serves from a thread of its own and stops when dropped.
pub struct Sandbox {
    /// Scheme, host and port, without a slash at the end; both the API base and the authorize base.
    pub base_url: String,
    state: Data<State>,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

type Started = anyhow::Result<(SocketAddr, ServerHandle)>;

impl Sandbox {
    /// Starts a sandbox; fails if the address cannot be bound or the configuration contradicts itself.
    pub async fn start(config: SandboxConfig) -> anyhow::Result<Self> {
        let bind = config.bind;
        let (state, happened) = State::new(config)?;
        let state = Data::new(state);
        let (report, started) = oneshot::channel();
        let shared_state = state.clone();
        let thread = thread::Builder::new()
            .name("wechat-sandbox".to_owned())
            .spawn(move || System::new().block_on(serve(bind, shared_state, happened, report)))
            .context("the sandbox's thread could not be started")?;
        let (address, server) = started.await.context("the sandbox died while starting")??;
        Ok(Self { base_url: format!("http://{address}"), state, server, thread: Some(thread) })
    }

    /// A code as `wx.login` gives it to the mini-program.
    pub fn mini_program_code(&self, person: &str) -> anyhow::Result<String> {
        let person = self.person(person)?;
        Ok(self.issue(Purpose::MiniProgramLogin, person))
    }

    /// A code as the phone number button gives it.
    pub fn phone_code(&self, person: &str) -> anyhow::Result<String> {
        let person = self.person(person)?;
        Ok(self.issue(Purpose::PhoneNumber, person))
    }

    /// A code as web authorisation gives it; [`crate::SNAPSHOT_PERSON`] is allowed here.
    pub fn web_code(&self, person: &str, scope: Scope) -> anyhow::Result<String> {
        let visitor = self.state.visitor(person).with_context(|| format!("no person {person}"))?;
        Ok(self.issue(Purpose::WebAuthorisation(scope), visitor))
    }

    /// A code as WeCom's web authorisation gives it; [`crate::OUTSIDER`] is allowed here.
    pub fn wecom_code(&self, person: &str) -> anyhow::Result<String> {
        let visitor = self.state.visitor(person).with_context(|| format!("no person {person}"))?;
        Ok(self.issue(Purpose::Wecom, visitor))
    }

    /// The person answers the subscribe popup. Returns the credits left.
    pub fn consent(&self, person: &str, template_id: &str, accept: bool) -> anyhow::Result<u32> {
        let openid = self.person(person)?.mini_openid;
        self.state.answer_popup(&openid, &[(template_id.to_owned(), accept)])?;
        let template = self.state.config.template(template_id);
        Ok(template.map_or(0, |template| self.state.world().consents.left(&openid, template)))
    }

    /// The person answers a popup that asks for several templates.
    pub fn consent_to(&self, person: &str, answers: &[(&str, bool)]) -> anyhow::Result<()> {
        let openid = self.person(person)?.mini_openid;
        let answers: Vec<_> =
            answers.iter().map(|(id, accept)| ((*id).to_owned(), *accept)).collect();
        self.state.answer_popup(&openid, &answers)
    }

    /// The person refuses a template in the mini-program's settings.
    pub fn withdraw(&self, person: &str, template_id: &str) -> anyhow::Result<()> {
        let openid = self.person(person)?.mini_openid;
        self.state.withdraw(&openid, template_id)
    }

    /// A message that was sent does not arrive after all.
    pub fn fail(&self, message: &SentMessage, errcode: i64) {
        let what =
            What::Sent { template: message.template_id.clone(), msgid: message.msgid, errcode };
        self.state.push(&mut self.state.world(), &message.openid, what);
    }

    /// The person writes to the mini-program.
    pub fn say(&self, person: &str, text: &str) -> anyhow::Result<()> {
        let openid = self.person(person)?.mini_openid;
        let mut world = self.state.world();
        let msgid = 4_561_255_354_251_345_929 + i64::from(world.pushes);
        self.state.push(&mut world, &openid, What::Text { text: text.to_owned(), msgid });
        Ok(())
    }

    /// Sets 消息推送 up, as the console does: the address has to prove that it is the owner's.
    pub async fn set_callback(&self, callback: Callback) -> anyhow::Result<()> {
        callback.check(self.state.clock.now()).await?;
        self.state.world().callback = Some(callback);
        Ok(())
    }

    /// What was pushed and ended one way or the other.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.state.world().deliveries.clone()
    }

    /// Who web authorisation silently takes the browser for; `None` shows the person picker.
    pub fn set_auto_person(&self, person: Option<&str>) {
        self.state.world().auto_person = person.map(str::to_owned);
    }

    /// WeChat's risk control refuses this person's sign-ins (40226), or does so no longer.
    pub fn set_blocked(&self, person: &str, blocked: bool) {
        let mut world = self.state.world();
        if blocked {
            world.blocked.insert(person.to_owned());
        } else {
            world.blocked.remove(person);
        }
    }

    /// What pages of the official account have to be signed with now, if anybody has asked for it.
    pub fn page_ticket(&self) -> Option<String> {
        self.state.world().page_ticket.valid(self.now()).map(str::to_owned)
    }

    /// Every message that reached a phone, oldest first.
    pub fn sent_messages(&self) -> Vec<SentMessage> {
        self.state.world().sent.all().to_vec()
    }

    /// How often an endpoint was called, faults included.
    pub fn calls(&self, path: &str) -> u64 {
        self.state.world().calls.of(path)
    }

    /// The next `times` calls of `path` (`*`: of any API) meet this fault before they take effect.
    pub fn inject(&self, path: &str, fault: Fault, times: u32) {
        self.inject_rule(FaultRule { path: path.to_owned(), times, processed: false, fault });
    }

    /// The same with every choice open, such as losing the answer of a call that took effect.
    pub fn inject_rule(&self, rule: FaultRule) {
        self.state.world().faults.add(rule);
    }

    /// Calls off every fault not yet used up.
    pub fn clear_faults(&self) {
        self.state.world().faults.clear();
    }

    /// Unix seconds of the sandbox's clock.
    pub fn now(&self) -> i64 {
        self.state.clock.now()
    }

    /// Pushes the sandbox's clock forward.
    pub fn advance(&self, seconds: i64) {
        self.state.clock.advance(seconds);
    }

    fn person(&self, key: &str) -> anyhow::Result<SandboxPerson> {
        self.state.config.person(key).cloned().with_context(|| format!("no person {key}"))
    }

    fn issue(&self, purpose: Purpose, person: SandboxPerson) -> String {
        self.state.world().codes.issue(purpose, person, self.state.clock.now())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // The order is sent by the call itself; waiting for the thread replaces awaiting the future.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            // A panic in there has been printed already and must not become a second one here.
            let _ = thread.join();
        }
    }
}

async fn serve(
    bind: SocketAddr,
    state: Data<State>,
    happened: UnboundedReceiver<Push>,
    report: oneshot::Sender<Started>,
) {
    actix_web::rt::spawn(callback::deliver(state.clone(), happened));
    let mount = move |config: &mut ServiceConfig| {
        config.app_data(state.clone());
        routes::all(config);
    };
    let server =
        HttpServer::new(move || App::new().wrap(from_fn(gateway::pass)).configure(mount.clone()))
            .workers(1)
            .shutdown_timeout(0)
            .disable_signals()
            .bind(bind);
    let server = match server {
        Ok(server) => server,
        Err(error) => {
            let _ = report.send(Err(error).with_context(|| format!("cannot listen on {bind}")));
            return;
        }
    };
    let address = server.addrs().first().copied().unwrap_or(bind);
    let running = server.run();
    // Nobody left to report to means that nobody wants the server any more.
    if report.send(Ok((address, running.handle()))).is_err() {
        return;
    }
    if let Err(error) = running.await {
        tracing::error!(%error, "the sandbox stopped");
    }
}
