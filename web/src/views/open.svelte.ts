/** Whether the list of saved views is open, wherever it is opened from. */
export const views = $state({ open: false })
