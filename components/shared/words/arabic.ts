import type { Words } from './words.js';

export const arabic: Words = {
  initialized: 'لم يتم الاتصال بعد',
  connecting: 'جارٍ الاتصال…',
  reconnecting: 'جارٍ إعادة الاتصال…',
  connected: 'متصل',
  unavailable: 'لا يوجد اتصال',
  failed: 'لا يستطيع هذا المتصفح الاتصال',
  disconnected: 'تم قطع الاتصال',
  limit: 'عدد الاتصالات كبير جدًا حاليًا',
  countdown: 'المحاولة التالية {in}',
  retry: 'حاول الآن',
  newItems: 'الجديد: {count}',
  peopleHere: {
    zero: 'لا أحد هنا',
    one: 'شخص واحد هنا',
    two: 'شخصان هنا',
    few: '{count} أشخاص هنا',
    many: '{count} شخصًا هنا',
    other: '{count} شخص هنا',
  },
  morePeople: { one: 'واحد آخر', two: 'اثنان آخران', other: '{count} آخرون' },
  close: 'إغلاق',
  notifications: 'الإشعارات',
  isRightToLeft: true,
};
