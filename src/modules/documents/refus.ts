import { Refus } from '#socle/refus.ts'

/** Refusals of the store and of its door. What was refused left nothing behind, and the message says so. */
export const refusFichier = (code: string, message: string, status = 415) =>
  new Refus(`fichier.${code}`, message, { status, champs: { fichier: message } })

export const refusCorrompu = (nom: string) =>
  new Refus(
    'document.corrompu',
    `« ${nom} » ne correspond plus à ce qui a été déposé : il n’est pas affiché, et l’anomalie est consignée. Il faut le rétablir depuis la sauvegarde.`,
    { status: 500 },
  )

export const refusAbsent = (nom: string) =>
  new Refus(
    'document.absent',
    `Le fichier de « ${nom} » manque dans le dossier des documents ; l’anomalie est consignée. Il faut le rétablir depuis la sauvegarde.`,
    { status: 500 },
  )

export const refusPlein = () =>
  new Refus(
    'depot.plein',
    'Le disque des documents est plein : rien n’a été enregistré. Libérez de la place, puis recommencez.',
    { status: 507 },
  )

export const refusCleMaitre = () =>
  new Refus(
    'depot.cleMaitre',
    'La clé maître de ce dossier n’ouvre pas les clés des documents : elle vient d’une autre installation. Rétablissez le fichier « cle-maitre » d’origine.',
    { status: 503 },
  )

export const refusCleAbsente = (fichier: string) =>
  new Refus(
    'depot.cleAbsente',
    `Des documents chiffrés existent, mais la clé maître « ${fichier} » manque. Bosquet ne démarre pas : une nouvelle clé ne les ouvrirait pas. Rétablissez ce fichier depuis votre sauvegarde.`,
  )

export const refusCleIllisible = (fichier: string) =>
  new Refus(
    'depot.cleIllisible',
    `La clé maître « ${fichier} » est abîmée ou incomplète. Rétablissez ce fichier depuis votre sauvegarde ; il n’a pas été modifié.`,
  )
