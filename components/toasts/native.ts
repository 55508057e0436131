/** Notifications of the system, for pages that nobody sees at the moment. */
import { safeUrl } from '../shared/template/sinks.js';
import type { Toast } from './toast.js';

/** Whether the user lets this site show notifications; asks only while a press of a button is being handled. */
export async function askForNotifications(): Promise<boolean> {
  if (!('Notification' in globalThis)) return false;
  const isAsked = Notification.permission === 'default' && navigator.userActivation.isActive;
  return (isAsked ? await Notification.requestPermission() : Notification.permission) === 'granted';
}

/** Shows a toast outside the page. Undefined where that is not permitted or not possible. */
export function notify({ id, title, body, icon }: Toast, pressed: () => void): Notification | undefined {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return undefined;
  const picture = safeUrl(icon);
  try {
    const notification = new Notification(title || body, {
      tag: id,
      body: title ? body : '',
      ...(picture ? { icon: picture } : {}),
    });
    notification.onclick = () => {
      focus();
      notification.close();
      pressed();
    };
    return notification;
  } catch {
    // Chrome on Android has them in service workers only.
    return undefined;
  }
}
