import type { Words } from './words.js';

export const spanish: Words = {
  initialized: 'Aún sin conectar',
  connecting: 'Conectando…',
  reconnecting: 'Reconectando…',
  connected: 'Conectado',
  unavailable: 'Sin conexión',
  failed: 'Este navegador no puede conectarse',
  disconnected: 'Desconectado',
  limit: 'Demasiadas conexiones en este momento',
  countdown: 'Próximo intento {in}',
  retry: 'Intentar ahora',
  newItems: '{count} nuevos',
  peopleHere: { one: '{count} persona aquí', other: '{count} personas aquí' },
  morePeople: { other: '{count} más' },
  close: 'Cerrar',
  notifications: 'Notificaciones',
};
