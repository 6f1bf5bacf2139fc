//! A place that was removed and is there again: its links stand as what happened to their clauses has it.

use shared::{authoring::RemoveLesson, revisions::*};

use super::*;

/// A lesson that cites what a later version changes and what that takes away, and stays the same.
struct Cited {
    standard: StandardId,
    course: CourseId,
    lesson: LessonId,
    /// To 1.1, 2.1 and 2.2.
    links: [ClauseLinkId; 3],
}

impl Cited {
    async fn new(world: &World) -> Self {
        let ming = world.person("zhengming").await;
        let standard = standard(&ming).await;
        let version = in_force(world, &ming, standard, FIRST).await;
        let (course, lessons) = course(world).await;
        let mut links = Vec::new();
        for number in ["1.1", "2.1", "2.2"] {
            let clause = clause(&ming, version, number).await.id;
            links.push(valid(world, linking(clause, lessons[1])).await);
        }
        Self { standard, course, lesson: lessons[1], links: links.try_into().unwrap() }
    }

    /// What is to come into force tomorrow says it otherwise.
    async fn revised(&self, world: &World) {
        let ming = world.person("zhengming").await;
        let proposal = uploaded(world, &ming, self.standard, SECOND).await;
        let version = proposal.id;
        let effective_on = Some(written::in_days(world, 1).await);
        let details = VersionDetails { effective_on, ..proposal.details };
        ming.call(SaveVersion { version, details }).await.unwrap();
        let stage = VersionStage::Upcoming;
        ming.call(ConfirmVersion { version, revision: 1, stage, details: None }).await.unwrap();
    }

    /// The lesson goes, for learners too.
    async fn removed(&self, world: &World) {
        let ming = world.person("zhengming").await;
        ming.call(RemoveLesson { lesson: self.lesson }).await.unwrap();
        written::publish(world, self.course).await;
    }

    /// And comes back.
    async fn restored(&self, world: &World) {
        let ming = world.person("zhengming").await;
        let course = self.course;
        let all = ming.call(ListRevisions { course }).await.unwrap().revisions;
        let first = all.iter().find(|it| it.number == 1).unwrap().id;
        ming.call(RedraftRevision { revision: first }).await.unwrap();
    }

    async fn states(&self, world: &World) -> [(LinkState, Option<StaleReason>); 3] {
        let mut states = [(LinkState::Draft, None); 3];
        for (state, id) in states.iter_mut().zip(self.links) {
            let link = link(world, id).await;
            *state = (link.state, link.reason);
        }
        states
    }
}

const ANEW: [(LinkState, Option<StaleReason>); 3] = [
    (LinkState::Valid, None),
    (LinkState::Stale, Some(StaleReason::Changed)),
    (LinkState::Stale, Some(StaleReason::Deleted)),
];

scene!(what_waited_to_be_looked_at_again_still_does_once_its_place_is_back, |world| async move {
    let cited = Cited::new(&world).await;
    cited.revised(&world).await;
    assert_eq!(cited.states(&world).await, ANEW);
    let ming = world.person("zhengming").await;
    let all = ming.call(ShowStandard { standard: cited.standard }).await.unwrap().versions;
    let coming = all.iter().find(|it| it.stage == VersionStage::Upcoming).unwrap().id;
    let newer = clause(&ming, coming, "2.1").await.id;
    let newer = valid(&world, linking(newer, cited.lesson)).await;
    // What cites a clause that is gone is published by nobody.
    ming.call(EndClauseLink { link: cited.links[2] }).await.unwrap();
    cited.removed(&world).await;
    for id in [cited.links[0], cited.links[1], newer] {
        assert_eq!(link(&world, id).await.reason, Some(StaleReason::PlaceGone));
    }
    cited.restored(&world).await;
    for (id, is) in [(cited.links[0], ANEW[0]), (cited.links[1], ANEW[1]), (newer, ANEW[0])] {
        let link = link(&world, id).await;
        assert_eq!((link.state, link.reason), is, "{}", link.number);
    }
});

scene!(
    what_a_new_version_changed_while_the_place_was_gone_is_seen_when_it_is_back,
    |world| async move {
        let cited = Cited::new(&world).await;
        cited.removed(&world).await;
        cited.revised(&world).await;
        let gone = (LinkState::Stale, Some(StaleReason::PlaceGone));
        assert_eq!(cited.states(&world).await, [gone; 3], "the clause is not what is wrong");
        cited.restored(&world).await;
        assert_eq!(cited.states(&world).await, ANEW);
    }
);
