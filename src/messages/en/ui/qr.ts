/** What leads to QR codes; the rest of their words comes with their pack. */
export const qr = {
  title: 'QR codes',
  asQr: 'QR',
  show: 'Show as QR codes',
  showFile: 'Show a file as QR codes',
  read: 'Read by QR',
}
