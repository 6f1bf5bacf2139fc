// The main job, end to end: the officer makes a course, which a second one checks, and a session, a
// learner learns, is tested and checks in, the instructor and the officer see it. `ENGINE` says what the learner's phone runs.
import { computer, journey, phone } from './browser.mjs';
import * as instructorDoes from './instructor.mjs';
import * as learnerDoes from './learner.mjs';
import * as officerDoes from './officer.mjs';

const { ENGINE } = process.env;

await journey(async () => {
  const officer = await computer(`officer-${ENGINE}`);
  await officerDoes.signIn(officer);
  const course = await officerDoes.createCourse(officer);
  await officerDoes.writeArticle(officer);
  await officerDoes.writeVideo(officer);
  await officerDoes.writeSteps(officer);
  await officerDoes.writeQuiz(officer);
  await officerDoes.submits(officer);
  const checker = await computer(`checker-${ENGINE}`);
  await officerDoes.signInToCheck(checker);
  await officerDoes.checksAndReviews(checker, course);
  await officerDoes.publishAndAssign(officer, course);
  await officerDoes.createSession(officer);

  const learner = await phone(`learner-${ENGINE}`, ENGINE);
  await learnerDoes.arrives(learner);
  await learnerDoes.studies(learner);
  await learnerDoes.resumes(learner);
  await learnerDoes.takesQuiz(learner);
  await learnerDoes.enrols(learner);

  await instructorDoes.colleagueEnrols();
  const instructor = await computer(`instructor-${ENGINE}`, 1024, 768);
  await instructorDoes.opensProjector(instructor);
  await instructorDoes.findsWhoIsNotOnTheList(instructor);
  await instructorDoes.checksInByHand(instructor);
  const address = await instructorDoes.addressOnTheWall();
  await instructorDoes.weighPage(address);
  await learnerDoes.checksIn(learner, address);
  await instructorDoes.seesCount(instructor);

  await learnerDoes.findsRecords(learner);
  await officerDoes.seesReport(officer, course);
  await officerDoes.seesDeliveries(officer);
});
