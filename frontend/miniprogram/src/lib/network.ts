/** Calls back whenever the phone has a network again; returns how to stop that. */
export function onBack(heard: () => void): () => void {
  const listener = (status: object) => {
    if ((status as { isConnected?: boolean }).isConnected) heard();
  };
  wx.onNetworkStatusChange(listener);
  return () => wx.offNetworkStatusChange(listener);
}
