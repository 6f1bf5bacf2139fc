/** Offers a new version as soon as WeChat has fetched it. */
export function watch(): void {
  const updates = wx.getUpdateManager();
  updates.onUpdateReady(() => {
    wx.showModal({
      title: '指尖教学有新版本',
      content: '更新只要几秒钟。正在签到的话，请先签完再更新。',
      confirmText: '现在更新',
      cancelText: '等一下',
      success: ({ confirm }) => {
        if (confirm) updates.applyUpdate();
      },
    });
  });
}
