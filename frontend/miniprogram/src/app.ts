import { flush } from './lib/choices';
import { onBack } from './lib/network';
import * as privacy from './lib/privacy';
import * as update from './lib/update';

App({
  onLaunch() {
    privacy.watch();
    update.watch();
    onBack(() => void flush());
  },
  onShow() {
    void flush();
  },
});
