// Crops a picture before it is uploaded, for the console; loaded when somebody wants to.

/** Pixels of the longer side: what a phone shows is narrower. */
const LONGEST = 2000;
/** Bytes that the server takes. */
const MOST = 5 << 20;
const SMALLEST = 20;
const EDGES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

const within = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));

/** The rectangle, in pixels of the picture as people see it: browsers turn it as the camera was held. */
class Frame {
  constructor(width, height) {
    Object.assign(this, { width, height, ratio: 0 });
    this.whole();
  }

  whole() {
    Object.assign(this, { x: 0, y: 0, w: this.width, h: this.height });
  }

  isWhole() {
    return this.w >= this.width - 1 && this.h >= this.height - 1;
  }

  /** The largest of this shape, in the middle; 0: any shape. */
  shape(ratio) {
    this.ratio = ratio;
    this.whole();
    if (!ratio) return;
    this.w = Math.min(this.width, this.height * ratio);
    this.h = this.w / ratio;
    this.x = (this.width - this.w) / 2;
    this.y = (this.height - this.h) / 2;
  }

  move(x, y) {
    this.x = within(x, 0, this.width - this.w);
    this.y = within(y, 0, this.height - this.h);
  }

  /** Moves edges (`nw`, `s` …) of `from` by so much; those opposite stay. */
  stretch(from, edges, dx, dy) {
    const west = edges.includes('w');
    const north = edges.includes('n');
    const anchorX = west ? from.x + from.w : from.x;
    const anchorY = north ? from.y + from.h : from.y;
    const most = { w: west ? anchorX : this.width - anchorX, h: north ? anchorY : this.height - anchorY };
    let w = from.w + (west ? -dx : edges.includes('e') ? dx : 0);
    let h = from.h + (north ? -dy : edges.includes('s') ? dy : 0);
    if (this.ratio) {
      if (edges === 'n' || edges === 's') w = h * this.ratio;
      w = within(w, SMALLEST, Math.min(most.w, most.h * this.ratio));
      h = w / this.ratio;
    } else {
      w = within(w, SMALLEST, most.w);
      h = within(h, SMALLEST, most.h);
    }
    Object.assign(this, { w, h, x: west ? anchorX - w : anchorX, y: north ? anchorY - h : anchorY });
  }
}

const encoded = (canvas, type, quality) => new Promise((done) => { canvas.toBlob(done, type, quality); });

async function cut(image, { x, y, w, h }, file) {
  const scale = Math.min(1, LONGEST / Math.max(w, h));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(w * scale));
  canvas.height = Math.max(1, Math.round(h * scale));
  const context = canvas.getContext('2d');
  const draw = () => context.drawImage(image, x, y, w, h, 0, 0, canvas.width, canvas.height);
  draw();
  let blob = file.type === 'image/png' ? await encoded(canvas, 'image/png') : null;
  if (!blob || blob.size > MOST) {
    // A photograph has nothing to see through.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    draw();
    blob = await encoded(canvas, 'image/jpeg', 0.88);
  }
  const name = file.name.replace(/\.[^.]*$/, '');
  return new File([blob], `${name}.${blob.type === 'image/png' ? 'png' : 'jpg'}`, { type: blob.type });
}

/** Shows the picture in `host` with a frame to move; `told` hears its size, or nothing if it is none. */
function open(host, file, label, told) {
  const image = document.createElement('img');
  const box = document.createElement('div');
  image.className = 'c-crop__image';
  image.alt = '';
  box.className = 'c-crop__box';
  box.tabIndex = 0;
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', label);
  for (const edge of EDGES) {
    const handle = document.createElement('span');
    handle.className = `c-crop__handle c-crop__handle--${edge}`;
    handle.dataset.edge = edge;
    box.append(handle);
  }
  let frame;
  const draw = () => {
    const share = (part, whole) => `${(part / whole) * 100}%`;
    const { x, y, w, h, width, height } = frame;
    box.style.left = share(x, width);
    box.style.top = share(y, height);
    box.style.width = share(w, width);
    box.style.height = share(h, height);
    told(`${Math.round(w)} × ${Math.round(h)}`);
  };

  let grip;
  box.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    box.focus();
    box.setPointerCapture(event.pointerId);
    grip = { from: { ...frame }, edges: event.target.dataset.edge || '', x: event.clientX, y: event.clientY };
  });
  box.addEventListener('pointermove', (event) => {
    if (!grip) return;
    const scale = frame.width / image.clientWidth;
    const [dx, dy] = [(event.clientX - grip.x) * scale, (event.clientY - grip.y) * scale];
    if (grip.edges) frame.stretch(grip.from, grip.edges, dx, dy);
    else frame.move(grip.from.x + dx, grip.from.y + dy);
    draw();
  });
  for (const end of ['pointerup', 'pointercancel']) box.addEventListener(end, () => { grip = undefined; });
  box.addEventListener('keydown', (event) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] || [];
    if (dx === undefined) return;
    event.preventDefault();
    const step = Math.max(1, Math.round(Math.max(frame.width, frame.height) / 100));
    if (event.shiftKey) frame.stretch({ ...frame }, dx ? 'e' : 's', dx * step, dy * step);
    else frame.move(frame.x + dx * step, frame.y + dy * step);
    draw();
  });

  const address = URL.createObjectURL(file);
  image.onload = () => {
    frame = new Frame(image.naturalWidth, image.naturalHeight);
    host.append(image, box);
    draw();
    box.focus();
  };
  image.onerror = () => told('');
  image.src = address;
  return {
    shape(ratio) {
      if (!frame) return;
      frame.shape(Number(ratio));
      draw();
    },
    /** What was chosen, as a file: the same one where that is all of it and may be uploaded. */
    file: async () => (!frame || (frame.isWhole() && file.size <= MOST) ? file : cut(image, frame, file)),
    close: () => URL.revokeObjectURL(address),
  };
}

window.cropping = { open };
