/** Stroke paths on a 20 × 20 field, drawn for this page. */
export const ICONS = {
  hierarchy: 'M10 3v4M5 17v-4h10v4M10 7v6M7.5 3h5v4h-5zM2.5 15h5v3h-5zM12.5 15h5v3h-5z',
  validate: 'M10 3v14M6 17h8M4 6h12M4 6l-2 6h4zM16 6l-2 6h4z',
  inventory: 'M3 5h14M3 10h14M3 15h14',
  journal: 'M5 3h10v14H5zM8 7h4M8 10h4M8 13h2',
  request: 'M3 4h14v9H9l-4 4v-4H3zM10 6.2v4.6M8 8.8l2 2 2-2',
  vault: 'M4 9h12v8H4zM7 9V6a3 3 0 0 1 6 0v3M10 12v2',
  'lock-open': 'M4 9h12v8H4zM7 9V6a3 3 0 0 1 5.6-1.5M10 12v2',
  key: 'M7 13a3.5 3.5 0 1 1 2.6-5.8L17 7v3h-2v2h-2l-2-1.5A3.5 3.5 0 0 1 7 13z',
  seal: 'M10 2.5l2 1.6 2.5-.2.8 2.4 2 1.5-.9 2.3.9 2.3-2 1.5-.8 2.4-2.5-.2-2 1.6-2-1.6-2.5.2-.8-2.4-2-1.5.9-2.3-.9-2.3 2-1.5.8-2.4 2.5.2zM7 10l2.2 2.2L13 8',
  good: 'M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15zM6.5 10.2l2.4 2.4L13.5 8',
  warn: 'M10 3l7.5 13.5h-15zM10 8v4M10 14v.6',
  bad: 'M6.6 2.5h6.8l4.1 4.1v6.8l-4.1 4.1H6.6l-4.1-4.1V6.6zM7.3 7.3l5.4 5.4M12.7 7.3l-5.4 5.4',
  unknown:
    'M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15zM7.8 7.8a2.3 2.3 0 1 1 3.2 2.1c-.7.3-1 .8-1 1.6M10 14v.5',
  note: 'M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15zM10 9v5M10 6v.5',
  copy: 'M7 7h9v10H7zM4 13V3h9',
  done: 'M4 10.5l4 4 8-9',
  download: 'M10 3v10M6 9.5l4 4 4-4M3.5 17h13',
  plus: 'M10 4v12M4 10h12',
  close: 'M5 5l10 10M15 5L5 15',
  search: 'M8.5 3a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11zM12.6 12.6L17 17',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 7.8a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 1 1 0-4.4z',
  print: 'M6 7V3h8v4M6 14H3V7h14v7h-3M6 12h8v5H6z',
  more: 'M8 5l5 5-5 5',
  back: 'M12 5l-5 5 5 5',
  batch: 'M3 4h14v12H3zM3 8h14M3 12h14M8 4v12',
  profile: 'M4 3h8l4 4v10H4zM12 3v4h4M7 11h6M7 14h4',
  backup: 'M4 3h10l3 3v11H3V3zM7 3v4h6V3M6 17v-6h8v6',
} as const

export type IconName = keyof typeof ICONS
