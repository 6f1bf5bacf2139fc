// An officer writes an article: types, makes words bold, pastes a page of Word's, fills a table by keys,
// crops a picture, lays pictures in a row, quotes a clause, drags a block. What the phone will show is what was meant, and it is still there later.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { computer, journey, until } from './browser.mjs';
import { createCourse, signIn } from './officer.mjs';

const { COURSES } = process.env;
const WORD = join(COURSES, '../../../frontend/src/admin/lessons/pasted/samples/word.html');
const LOST = '这里原来有一张图片“四色抹布”';

/** What stands on the phone beside the form, block by block. */
const shown = () => [...document.querySelector('.article').children].map((it) => {
  const cells = (row) => [...row.cells].map((cell) => cell.innerText).join('|');
  if (it.matches('.table-scroll')) return `table ${[...it.querySelectorAll('tr')].map(cells).join(' / ')}`;
  if (it.matches('figure')) return 'picture';
  if (it.matches('.gallery')) return `gallery ${[...it.querySelectorAll('img')].map((img) => img.alt).join('|')}`;
  return `${it.localName} ${it.matches('p') ? it.innerHTML : it.innerText.replace(/\n+/g, ' / ')}`;
});

/** As Word puts a picture beside the HTML that only names it. */
const RTF = '{\\rtf1 {\\*\\shppict{\\pict\\pngblip PNG}}{\\nonshppict{\\pict\\wmetafile8 0100}}\\par}';

/** Pastes as the browser does, with pictures that really are ones. */
const paste = async (officer, field, html, { text = '', rtf = '' } = {}) => {
  await officer.run(async ([selector, copied, plain, beside]) => {
    const canvas = document.createElement('canvas');
    canvas.width = 60;
    canvas.height = 40;
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', copied.replace('data:image/png;base64,iVBORw0KGgo=', canvas.toDataURL()));
    clipboardData.setData('text/plain', plain);
    const bytes = [...atob(canvas.toDataURL().split(',')[1])].map((it) => it.charCodeAt(0));
    clipboardData.setData('text/rtf', beside.replace('PNG', bytes.map((it) => it.toString(16).padStart(2, '0')).join('')));
    const target = document.querySelector(selector);
    target.focus();
    // The editor hears of the cursor's place a moment later.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, [field, html, text, rtf]);
};

const words = (officer) => officer.run(shown).catch(() => []);

/** Waits until the phone shows such blocks. */
const shows = (officer, what, matches) => until(`the phone shows ${what}`, async () => matches(await words(officer)));

async function typesAndPastes(officer) {
  await officer.press('＋ 段落');
  await officer.type('段落文字', '进门先断电。');
  await officer.page.keyboard.press('End');
  await officer.page.keyboard.press('Enter');
  await officer.page.keyboard.type('再**开窗**通风');
  await shows(officer, 'a bold word', (it) => it[0] === 'p 进门先断电。<br>再<strong>开窗</strong>通风');
  await officer.page.keyboard.press('Control+z');
  await officer.page.keyboard.press('Control+y');
  await paste(officer, '[contenteditable]', '<p class=MsoNormal>，<i>十分钟</i><script>alert(1)</script></p>');
  await shows(officer, 'words that were pasted', (it) => it[0].endsWith('通风，<em>十分钟</em>'));
  await officer.picture('rich-text');
  await pastesFromWord(officer, RTF);
  await shows(officer, 'both pictures', (it) => it.length === 12 && it[8] === 'picture' && it[9] === 'picture');
  await officer.press('撤销这次粘贴');
  await officer.sees('刚才贴的已经撤掉了');
  await shows(officer, 'the paragraph as it was', (it) => it.length === 1 && it[0] === 'p 进门先断电。<br>再<strong>开窗</strong>通风，<em>十分钟</em>');
  await until('the paragraph can be written in', () => officer.run(() => Boolean(document.querySelector('[contenteditable]'))));
  await officer.run(() => document.querySelector('[contenteditable]').focus());
  await pastesFromWord(officer);
  await officer.sees('其中 1 张图片没能一起贴过来');
  const blocks = await shows(officer, 'what Word copied', (it) => it.length === 12 && it.includes('picture') && it);
  const want = [
    'p 进门先断电。',
    'h2 会议室保洁作业规程（示例）',
    'h2 一、准备',
    'p 进门先<strong>断电</strong>，再开窗通风 <em>10 min</em>。详见<a href="https://example.cn/a?b=1&amp;c=2">规范</a>',
    'ol 备红布 2 块 / 备蓝布 2 块 – 布要拧到不滴水 / 按 1:500 配消毒液',
    'ul 不湿手碰插座 / 不混用抹布',
    'h2 二、抹布颜色',
    'table 颜色|擦什么|多久换 / 红|马桶\n便池|每 3 次 / 蓝|桌面|',
  ];
  want.forEach((block, at) => {
    if (blocks[at] !== block) throw new Error(`block ${at} is “${blocks[at]}” instead of “${block}”`);
  });
  if (!blocks[8].includes(LOST)) throw new Error(`no note where the picture was: “${blocks[8]}”`);
  if (blocks[11] !== 'p 再<strong>开窗</strong>通风，<em>十分钟</em>') throw new Error(`the rest is “${blocks[11]}”`);
  await officer.picture('pasted');
}

/** In the middle of the paragraph: behind its first line. */
async function pastesFromWord(officer, rtf) {
  await officer.page.keyboard.press('Control+Home');
  await officer.page.keyboard.press('End');
  await until('the cursor stands behind the first line', () => officer.run(() => {
    const { anchorNode, anchorOffset } = getSelection();
    return anchorNode && anchorNode.textContent === '进门先断电。' && anchorOffset === 6;
  }));
  // The editor hears of it a moment later.
  await officer.run(() => new Promise((heard) => { requestAnimationFrame(() => setTimeout(heard)); }));
  await paste(officer, '[contenteditable]', readFileSync(WORD, 'utf8'), { rtf });
  await officer.sees('贴进来 10 块');
}

async function fillsATable(officer) {
  await officer.press('＋ 表格');
  await officer.run(() => [...document.querySelectorAll('.c-grid')].pop().querySelector('textarea').focus());
  for (const text of ['项目', '频次']) {
    await officer.page.keyboard.type(text);
    await officer.page.keyboard.press('Tab');
  }
  await officer.page.keyboard.type('台面');
  for (const [row, text] of [[2, ''], [3, '地面'], [4, '门把手']]) {
    await officer.page.keyboard.type(text);
    await officer.page.keyboard.press('Enter');
    await until(`the cursor is in row ${row}`, () => officer.run((at) => document.activeElement.dataset.row === at, `${row}`));
  }
  await shows(officer, 'a table with a new row', (it) => it.some((block) => block.startsWith('table 项目|频次 / 台面| / 地面| / 门把手|')));
  await officer.run(() => [...document.querySelectorAll('.c-grid')].pop().setAttribute('id', 'last-table'));
  await paste(officer, '#last-table [data-row="1"][data-column="1"]', '', { text: '每天\t早晚各一次\n每周\t\n' });
  await shows(officer, 'cells from a sheet', (it) => it.some((block) => block.includes('台面|每天|早晚各一次 / 地面|每周|')));
  await officer.picture('table');
}

async function cropsAPicture(officer) {
  await officer.press('＋ 图片');
  const within = await officer.run(() => [...document.querySelectorAll('.c-item__name')].find((it) => it.innerText.endsWith('图片') && !it.closest('li').querySelector('img')).innerText);
  await officer.upload('裁剪后上传', join(COURSES, 'cleaning/colors.png'), { within });
  await officer.sees('裁出来');
  await officer.press('1:1');
  await officer.sees('裁出来 500 × 500 像素');
  await officer.run(() => document.querySelector('.c-crop__box').focus());
  await officer.page.keyboard.press('Shift+ArrowLeft');
  await officer.sees('裁出来 492 × 492 像素');
  await officer.picture('crop');
  await officer.press('裁好，上传');
  await officer.type('图片说的是什么', '四种颜色的抹布', { within });
  await until('a square picture', () => officer.run(() => [...document.querySelectorAll('.article img')].some((it) => it.getAttribute('width') === '492' && it.getAttribute('height') === '492')));
}

/** Chooses three files at once, the first one too large; says what the others show, and puts the second one first. */
async function laysPicturesInARow(officer) {
  await officer.press('＋ 图片组');
  const folder = mkdtempSync(join(tmpdir(), 'writing-'));
  const tooLarge = join(folder, '太大.png');
  writeFileSync(tooLarge, Buffer.alloc((5 << 20) + 1));
  const files = ['step2', 'step5'].map((it) => join(COURSES, `cleaning/${it}.png`));
  await officer.upload('加图片（可以一次选几张）', [tooLarge, ...files]);
  await shows(officer, 'two pictures in a row', (it) => it.includes('gallery |'));
  await officer.sees('“太大.png”');
  rmSync(folder, { recursive: true });
  await officer.type('图片说的是什么', '黄布擦台面', { within: '第 1 张' });
  await officer.type('图片说的是什么', '镜子走弓字', { within: '第 2 张' });
  await shows(officer, 'what they show', (it) => it.includes('gallery 黄布擦台面|镜子走弓字'));
  await officer.press('上移第 2 张');
  await shows(officer, 'the second one first', (it) => it.includes('gallery 镜子走弓字|黄布擦台面'));
  await officer.picture('gallery');
}

/** What the lesson does not rest on cannot be quoted. */
async function quotesAClause(officer) {
  const clause = '示例/JGSW 02—2026 5.2.5';
  await officer.press('＋ 条文引用');
  await officer.sees('这一课还没有依据');
  await officer.press('加依据');
  await officer.type('找条款', '5.2.5');
  await officer.press(clause, { part: true });
  await officer.press('存为草拟');
  await officer.sawLastOf('存为草拟');
  await officer.choose('引用哪一条', clause);
  await officer.sees('这一条还没有复核');
  await shows(officer, 'what the standard says', (it) => it.some((block) => block.startsWith(`div 依据 ${clause} / 含氯消毒剂不应与酸性清洁剂`)));
  await officer.picture('clause');
}

/** Takes the second block by its handle to the top. */
async function dragsTheSecondToTheTop(officer) {
  const places = await officer.run(() => {
    window.scrollTo(0, 0);
    const items = [...document.querySelectorAll('.c-items > .c-item')];
    const middle = (it) => { const box = it.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
    return [middle(items[1].querySelector('.c-drag')), middle(items[0].querySelector('.c-item__head'))];
  });
  const [[fromX, fromY], [toX, toY]] = places;
  await officer.page.mouse.move(fromX, fromY);
  await officer.page.mouse.down();
  await officer.page.mouse.move(fromX, fromY - 30);
  await officer.page.mouse.move(toX, toY - 20);
  await officer.page.mouse.up();
  await shows(officer, 'the second block above the first', (it) => it[0] === 'h2 会议室保洁作业规程（示例）' && it[1] === 'p 进门先断电。');
}

await journey(async () => {
  const officer = await computer('writer');
  await signIn(officer);
  await createCourse(officer);
  await officer.choose('课时形式', '图文');
  await officer.type('新课时的名字', '进门先看什么');
  await officer.press('加课时');
  await officer.sees('手机上的样子');
  await officer.type('学完要几分钟', '3');
  await typesAndPastes(officer);
  await fillsATable(officer);
  await cropsAPicture(officer);
  await laysPicturesInARow(officer);
  await quotesAClause(officer);
  await dragsTheSecondToTheTop(officer);
  await officer.press('保存');
  await officer.sees('已保存');
  const written = await words(officer);
  await officer.goto(officer.path());
  await officer.sees('手机上的样子');
  // The row in which nothing stands is not kept.
  const kept = written.map((it) => it.replace(/( \/ \|+)+$/, ''));
  await shows(officer, 'the same after all was loaded anew', (it) => it.join('\n') === kept.join('\n'));
});
