// Rich paragraphs for the console, loaded when somebody opens one: Tiptap with exactly the marks that a
// lesson knows. What is written stays inside the one paragraph that the server keeps.
import { Editor, Extension, Mark, Node, getHTMLFromFragment, markInputRule } from '@tiptap/core';
import { history, redo, undo } from '@tiptap/pm/history';
import { DOMParser } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { picturesOf } from './editor/rtf.js';

/** What a picture is called that came without a name. */
const PASTED = '贴进来的图片';

const Doc = Node.create({ name: 'doc', topNode: true, content: 'paragraph' });

const Paragraph = Node.create({
  name: 'paragraph',
  content: 'inline*',
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: () => ['p', 0],
});

const Words = Node.create({ name: 'text', group: 'inline' });

const Break = Node.create({
  name: 'hardBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: () => ['br'],
  renderText: () => '\n',
  addKeyboardShortcuts() {
    const breakLine = () => this.editor.chain().insertContent({ type: this.name }).scrollIntoView().run();
    return { Enter: breakLine, 'Shift-Enter': breakLine, 'Mod-Enter': breakLine };
  },
});

const isBold = (weight) => /^(bold(er)?|[6-9]00)$/.test(weight) && null;

/** Bold: what was copied says it in several ways, and says of plain words that they are not. */
const Strong = Mark.create({
  name: 'strong',
  parseHTML: () => [
    { tag: 'strong' },
    { tag: 'b', getAttrs: (element) => element.style.fontWeight !== 'normal' && null },
    { style: 'font-weight', getAttrs: isBold },
  ],
  renderHTML: () => ['strong', 0],
  addKeyboardShortcuts() {
    return { 'Mod-b': () => this.editor.commands.toggleMark(this.name) };
  },
  // As it was written before there were buttons.
  addInputRules() {
    return [markInputRule({ find: /\*\*([^*]+)\*\*$/, type: this.type })];
  },
});

const Em = Mark.create({
  name: 'em',
  parseHTML: () => [
    { tag: 'em' },
    { tag: 'i', getAttrs: (element) => element.style.fontStyle !== 'normal' && null },
    { style: 'font-style=italic' },
  ],
  renderHTML: () => ['em', 0],
  addKeyboardShortcuts() {
    return { 'Mod-i': () => this.editor.commands.toggleMark(this.name) };
  },
});

const mayBeLinked = (address) => /^(https:\/\/|tel:)/i.test(address);

const Link = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ href: {} }),
  parseHTML: () => [
    { tag: 'a[href]', getAttrs: (element) => mayBeLinked(element.getAttribute('href')) && null },
  ],
  renderHTML: ({ HTMLAttributes }) => ['a', HTMLAttributes, 0],
});

const Undo = Extension.create({
  name: 'undo',
  addProseMirrorPlugins: () => [history()],
  addKeyboardShortcuts() {
    const run = (step) => () => step(this.editor.view.state, this.editor.view.dispatch);
    return { 'Mod-z': run(undo), 'Mod-y': run(redo), 'Mod-Shift-z': run(redo) };
  },
});

/** The inline HTML of a part of the document. */
function htmlOf(editor, from, to) {
  const { doc, schema } = editor.state;
  return getHTMLFromFragment(doc.slice(from, to, false).content, schema).replace(/<\/?p>/g, '');
}

/** Plain words as HTML: an empty line ends a paragraph. */
function htmlFrom(text) {
  const holder = document.createElement('p');
  const paragraph = (lines) => {
    holder.textContent = lines;
    return `<p>${holder.innerHTML.replace(/\r?\n/g, '<br>')}</p>`;
  };
  return text.trim().split(/\r?\n\s*\n/).filter(Boolean).map(paragraph).join('');
}

/** A picture that came inside the HTML, as a file; nothing where it did not come along. */
function fileOf(address) {
  const [, type, data] = /^data:(image\/(?:jpeg|png|webp));base64,(.+)$/s.exec(address) || [];
  if (!type) return null;
  try {
    const bytes = Uint8Array.from(atob(data.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
    return new File([bytes], `${PASTED}.${type.slice(6)}`, { type });
  } catch (error) {
    return null;
  }
}

/**
 * Makes `host` a paragraph to write in.
 *
 * - `changed(html)` hears what is written;
 * - `stands(marks)` hears which marks the chosen words have, as `strong em link`, and the link's address;
 * - `pasted(html, before, after, files, pictures)` hears of what is pasted, as HTML, and what stands around
 *   it; it says whether it took it. `pictures` are those that the HTML only names, in their order.
 */
function open(host, label, html, changed, stands, pasted) {
  const take = (view, event, data) => {
    const copied = data.getData('text/html') || htmlFrom(data.getData('text/plain'));
    // What was copied here is known already.
    if (copied.includes('data-pm-slice')) return false;
    const { from, to } = view.state.selection;
    const files = Array.from(data.files).filter((it) => it.type.startsWith('image/'));
    const around = [htmlOf(editor, 0, from), htmlOf(editor, to, view.state.doc.content.size)];
    const named = copied.includes('file:') ? picturesOf(data.getData('text/rtf'), PASTED) : [];
    const taken = pasted(copied, ...around, files, named);
    if (taken) event.preventDefault();
    return taken;
  };
  const editor = new Editor({
    element: host,
    extensions: [Doc, Paragraph, Words, Break, Strong, Em, Link, Undo],
    // The page allows no style but its own.
    injectCSS: false,
    content: `<p>${html}</p>`,
    parseOptions: { preserveWhitespace: true },
    editorProps: {
      attributes: { class: 'c-input c-rich__words', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
      // Before Tiptap itself reads it: styles of Word's would break the rules of the page.
      handleDOMEvents: {
        paste: (view, event) => take(view, event, event.clipboardData),
        drop(view, event) {
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
          // What is dragged inside the paragraph only moves.
          if (view.dragging || !place) return false;
          const { doc, tr } = view.state;
          view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(place.pos))));
          return take(view, event, event.dataTransfer);
        },
      },
    },
    onUpdate: () => changed(htmlOf(editor, 0, editor.state.doc.content.size)),
    onTransaction() {
      const marks = ['strong', 'em', 'link'].filter((it) => editor.isActive(it));
      stands(marks.join(' '), editor.getAttributes('link').href || '');
    },
  });
  const chain = () => editor.chain().focus();
  return {
    toggle: (mark) => chain().toggleMark(mark).run(),
    link(href) {
      const whole = chain().extendMarkRange('link');
      if (mayBeLinked(href)) whole.setMark('link', { href }).run();
      else whole.unsetMark('link').run();
    },
    /** Writes it at the place of the cursor. */
    insert(part) {
      const holder = document.createElement('template');
      holder.innerHTML = `<p>${part}</p>`;
      const { state, view } = editor;
      const slice = DOMParser.fromSchema(state.schema).parseSlice(holder.content, { preserveWhitespace: true });
      view.dispatch(state.tr.replaceSelection(slice).scrollIntoView());
    },
    close: () => editor.destroy(),
  };
}

window.richText = { open, fileOf };
