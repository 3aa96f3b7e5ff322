/** Files as QR codes and back: a pack of its own. */
export { default as CodeCamera } from './qr/CodeCamera.svelte'
export { default as QrRoom } from './qr/QrRoom.svelte'
