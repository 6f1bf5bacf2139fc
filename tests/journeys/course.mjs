// What the officer writes and the learner learns.

export const course = {
  title: '电梯轿厢保洁（试行）',
  summary: '能独立擦完一部电梯的轿厢，不留水印，不耽误别人乘梯。',
  post: '卫生保洁',
  chapter: '会擦一部电梯',
  cover: 'cleaning/cover.png',
};

export const article = {
  title: '动手之前看什么',
  minutes: '3',
  heading: '先停梯，再动手',
  paragraph: '轿厢里有人，绝不动手。挂好“正在保洁”的牌子，再让电梯停在本层。',
  notice: '轿厢顶灯和按钮面板带电，只能用拧干的布擦。',
  list: '保洁中的牌子\n蓝色和红色抹布各两块\n不锈钢光亮剂',
  picture: 'cleaning/colors.png',
  alt: '四种颜色的抹布各擦各的地方',
};

export const video = { title: '看一遍怎么擦', minutes: '2', file: 'cleaning/demo.mp4', points: '从上往下擦\n先湿后干' };

export const slides = { kind: '课件', title: '消毒液怎么配', minutes: '3', file: 'doing-hygiene/disinfectant.pdf' };

export const recording = { kind: '录音讲解', title: '听一次班前会', minutes: '2', file: 'managing-briefing/briefing.m4a', points: '今天谁缺岗\n哪里要当心' };

export const steps = {
  title: '三步擦完轿厢',
  minutes: '4',
  materials: '拧干的抹布 2 块\n光亮剂 1 瓶',
  cards: [
    {
      title: '擦轿厢壁',
      picture: 'cleaning/step2.png',
      alt: '一只手拿抹布从上往下擦',
      points: '从上往下\n一下压住前一下的三分之一',
      quality: '离开 1 米看不到水印',
      seconds: '80',
      mistakes: '来回乱擦，留下圈印',
    },
    {
      title: '擦按钮面板',
      picture: 'cleaning/step3.png',
      alt: '用拧干的抹布擦按钮',
      points: '布要拧到不滴水\n横着擦，别用力按',
      quality: '按钮上没有手印',
      seconds: '30',
      mistakes: '对着面板喷水',
      safety: '面板带电，千万不能直接喷水',
    },
    {
      title: '擦地坎槽',
      picture: 'cleaning/step4.png',
      alt: '用刷子清地坎槽里的沙子',
      points: '先刷后吸\n再用湿布擦一遍',
      quality: '槽里没有沙粒，门开关没有响声',
      seconds: '120',
      mistakes: '把沙子扫进井道',
    },
  ],
};

export const quiz = {
  title: '电梯保洁小测',
  questions: [
    {
      kind: '单选题',
      stem: '擦按钮面板，抹布应该是什么样的？',
      options: ['湿得滴水', '拧到不滴水', '完全干的', '蘸满光亮剂'],
      right: ['拧到不滴水'],
      explanation: '面板带电，水流进去会短路；全干的布擦不掉手印。',
    },
    {
      kind: '多选题',
      stem: '动手擦之前，哪些事必须做？',
      options: ['挂好保洁的牌子', '确认轿厢里没有人', '把灯关掉', '拆开按钮面板'],
      right: ['挂好保洁的牌子', '确认轿厢里没有人'],
      explanation: '让别人知道，也让自己安全；灯和面板都不归我们动。',
    },
    {
      kind: '判断题',
      stem: '地坎槽里的沙子可以扫进井道。',
      right: ['错误'],
      explanation: '沙子进了井道会卡住门和导轨，要吸走或者夹出来。',
    },
  ],
};

export const training = { title: '电梯保洁现场练习', place: '2 号楼一层电梯厅', notes: '穿防滑鞋，带工作证。' };
