/** What a backup begins with, so that it is told from other files before it is opened. */
export const BACKUP_MAGIC = 'ROOTCELLAR BACKUP\n'
