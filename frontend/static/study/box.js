// 下载本课, below a course, and the list of what was downloaded.
import { button, element, hint } from './element.js';
import { absent, drop, gaps, gather, keep, markOf, marks, megabytes, sizeOf, weigh } from './packs.js';
import { employed } from './worker.js';

/** Deletes at the second tap: what was downloaded may have cost money. */
function removal(course, then) {
  let asked = false;
  const press = button('删除', async () => {
    if (asked) {
      // A second finger would find nothing left.
      press.disabled = true;
      await drop(course);
      await then();
      return;
    }
    asked = true;
    press.textContent = '确认删除';
  });
  return press;
}

class Box {
  constructor(place) {
    this.busy = false;
    this.course = place.dataset.course;
    this.place = place;
  }

  /** The app has drawn the page anew. */
  moveTo(place) {
    place.replaceChildren(...this.place.childNodes);
    this.place = place;
  }

  show(text, ...controls) {
    this.place.replaceChildren(hint(text), ...controls);
  }

  async draw() {
    const kept = markOf(this.course);
    const remove = () => removal(this.course, () => this.draw());
    const get = (text) => button(text, () => this.attempt(() => this.offer()));
    if (!(await employed)) {
      await this.drawTextsOnly(kept, remove);
      return;
    }
    if (!kept) {
      this.place.replaceChildren(get('下载到手机，没有网也能学'));
      return;
    }
    const missing = await gaps(this.course, kept);
    const { revision } = this.place.dataset;
    if (missing) {
      this.show(`这门课没有下载全，还差 ${missing} 个文件。`, get('接着下载'), remove());
    } else if (revision && revision !== kept.revision) {
      this.show('这门课有新内容，手机里下载的还是原来的。', get('更新'), remove());
    } else {
      const size = megabytes(await weigh(this.course, kept));
      this.show(`这门课已经下载到手机（${size}），没有网也能学，进度有网了自动上传。`, remove());
    }
  }

  /** The app itself does not open here without a network: only what is open stays. */
  async drawTextsOnly(kept, remove) {
    const limits = '这里存不了图片和视频，关掉页面、没有网就打不开了。要全部下载，请换手机浏览器打开。';
    const keepTexts = async () => {
      await keep(this.course, await gather(this.course), [], false);
      await this.draw();
    };
    const get = (text) => button(text, () => this.attempt(keepTexts, keepTexts));
    if (!kept) {
      this.show(`可以先把文字存好：只要不关这个页面，没有网也能看。${limits}`, get('把文字存好'));
    } else if (await gaps(this.course, { ...kept, files: [] })) {
      this.show('文字没有存全，可能是手机空间不够。', get('接着存'), remove());
    } else {
      this.show(`文字已经存好：只要不关这个页面，没有网也能看，学习进度先存在手机里。${limits}`, remove());
    }
  }

  /** What breaks off is gone on with by `again`. */
  async attempt(act, again = () => this.offer()) {
    this.busy = true;
    try {
      await act();
    } catch (error) {
      this.show('没有下载完：网络断了，或者手机空间不够。已经下载的都在，再点一次接着下。',
        button('接着下载', () => this.attempt(again, again)));
    }
    this.busy = false;
  }

  /** Says how much it is before it is fetched. */
  async offer() {
    this.show('正在看有多大……');
    const found = await gather(this.course);
    const [pictures, videos] = [await absent(found.pictures), await absent(found.videos)];
    const [small, large] = [await sizeOf(pictures), await sizeOf(videos)];
    const tick = element('input', '');
    tick.type = 'checkbox';
    tick.checked = Boolean((markOf(this.course) || {}).videos);
    const choice = element('label', 'self-check');
    const what = [found.filmed && '视频', found.attached && '附件'].filter(Boolean).join('和');
    choice.append(tick, element('span', '', `${what}也下载，再加 ${megabytes(large)}，最好连着 Wi-Fi`));
    const go = button('开始下载', () => this.attempt(async () => {
      const withVideos = tick.checked || !videos.length;
      const files = [...found.pictures, ...found.pages, ...(withVideos ? found.videos : [])];
      await keep(this.course, found, files, withVideos, (text) => this.show(text));
      await this.draw();
    }));
    this.show(`文字和 ${pictures.length} 张图片，共 ${megabytes(small)}。`, ...(videos.length ? [choice] : []), go);
  }
}

const boxes = new Map();

/** Below a course. What is being fetched goes on. */
export function placeBox(place) {
  const { course } = place.dataset;
  const box = boxes.get(course);
  if (box && box.busy) {
    box.moveTo(place);
    return;
  }
  place.append(element('p', 'hint'));
  boxes.set(course, new Box(place));
  boxes.get(course).draw();
}

/** 我的 → 下载的课程 */
export async function list(place) {
  place.replaceChildren(hint('正在看……'));
  const kept = marks();
  const rows = element('div', 'cells-rows');
  let sum = 0;
  for (const it of kept) {
    const size = await weigh(it.course, it);
    sum += size;
    const name = element('a', 'cell-main');
    name.href = `/courses/${it.course}`;
    const missing = (await employed) && (await gaps(it.course, it));
    const state = missing ? `还差 ${missing} 个文件，打开课程接着下载` : `${it.lessons.length} 课，${megabytes(size)}`;
    name.append(element('span', 'cell-title', it.title), element('span', 'cell-note', state));
    const remove = removal(it.course, () => list(place));
    remove.classList.add('button-small');
    const row = element('div', 'cell');
    row.append(name, remove);
    rows.append(row);
  }
  const none = (await employed)
    ? '还没有下载课程。打开一门课，到最下面点“下载到手机”。'
    : '还没有下载课程。这里存不了图片和视频，要下载请换手机浏览器打开。';
  const said = kept.length ? `一共 ${kept.length} 门课，占手机 ${megabytes(sum)}。` : none;
  place.replaceChildren(hint(said), ...(kept.length ? [rows] : []));
}
