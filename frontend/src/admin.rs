//! The console for office PCs: officers make courses, quizzes and training sessions here, and see
//! what came of them.

mod account;
mod address;
mod audit;
mod bases;
mod courses;
mod deliveries;
mod kit;
mod lessons;
mod organizations;
mod people;
mod posts;
mod practice;
mod preview;
mod quizzes;
mod reports;
mod roles;
mod sending;
mod shell;
mod sign_in;
mod standards;
mod step_up;
mod training;

use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::client::{Client, proof};

/// The whole program.
#[component]
pub fn App() -> impl IntoView {
    Client::provide(sign_in::sign_in_again);
    proof::ask_by(step_up::prove);
    view! {
        <Router>
            <Routes fallback=shell::NotFound>
                <Route path=path!("/admin/sign-in") view=sign_in::SignInPage/>
                <ParentRoute path=path!("/admin") view=shell::Shell>
                    <Route path=path!("") view=shell::Home/>
                    <Route path=path!("courses") view=courses::CoursesPage/>
                    <Route path=path!("courses/builds") view=courses::BuildsPage/>
                    <Route path=path!("courses/files") view=courses::FilesPage/>
                    <Route path=path!("courses/:course") view=courses::CoursePage/>
                    <Route path=path!("courses/:course/lessons/:lesson") view=lessons::LessonPage/>
                    <Route path=path!("courses/:course/lessons/:lesson/checks") view=quizzes::ChecksPage/>
                    <Route path=path!("courses/:course/quiz") view=quizzes::QuizPage/>
                    <Route path=path!("courses/:course/practice") view=practice::PracticePage/>
                    <Route path=path!("courses/:course/preview") view=preview::PreviewPage/>
                    <Route path=path!("courses/:course/revisions") view=courses::RevisionsPage/>
                    <Route path=path!("courses/:course/gate") view=courses::GatePage/>
                    <Route path=path!("courses/:course/report") view=reports::ReportPage/>
                    <Route path=path!("people") view=people::PeoplePage/>
                    <Route path=path!("people/import") view=people::StartPage/>
                    <Route path=path!("people/import/:import") view=people::ImportPage/>
                    <Route path=path!("account") view=account::AccountPage/>
                    <Route path=path!("audit") view=audit::AuditPage/>
                    <Route path=path!("bases") view=bases::BasesPage/>
                    <Route path=path!("organizations") view=organizations::OrganizationsPage/>
                    <Route path=path!("posts") view=posts::PostsPage/>
                    <Route path=path!("deliveries") view=deliveries::DeliveriesPage/>
                    <Route path=path!("roles") view=roles::RolesPage/>
                    <Route path=path!("search") view=standards::SearchPage/>
                    <Route path=path!("standards") view=standards::StandardsPage/>
                    <Route path=path!("standards/coverage") view=standards::CoveragePage/>
                    <Route path=path!("standards/links") view=standards::LinksPage/>
                    <Route path=path!("standards/versions/:version") view=standards::VersionPage/>
                    <Route path=path!("standards/:standard") view=standards::StandardPage/>
                    <Route path=path!("sessions") view=training::SessionsPage/>
                    <Route path=path!("sessions/:session") view=training::SessionPage/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
