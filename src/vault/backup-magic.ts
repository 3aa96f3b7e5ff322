/** The first bytes of a backup, which distinguish it from other files before it is opened. */
export const BACKUP_MAGIC = 'ROOTCELLAR BACKUP\n'
