import { addJours, formatJour, formatMois, type Jour } from '#socle/dates.ts'
import { renderTypst } from '#socle/documents/typst.ts'
import type {
  Carriere,
  Demonstration,
  Heures,
  Personne,
  Piece,
  SituationAgent,
  SituationCarriere,
  Variable,
} from '../domain/types.ts'

/** What is printed on a supporting paper. */
export type Papier = {
  /** Letterhead: who made the paper. */
  emetteur: string[]
  reference: string
  date: string
  titre: string
  avant: string[]
  fiche: [libelle: string, valeur: string][]
  tableau: { entetes: string[]; lignes: string[][] } | null
  articles: { titre: string; texte: string }[]
  signature: { lieu: string; le: string; qualite: string; nom: string } | null
}

type Concerne = { carriere: Carriere; personne: Personne; situation: SituationCarriere; variable: Variable | undefined }
type Corps = Omit<Papier, 'emetteur' | 'reference' | 'date' | 'signature'> & { emetteur?: string[]; estSigne: boolean }

const GABARIT = new URL('./papier.typ', import.meta.url)

export const renderPapier = (papier: Papier): Uint8Array => renderTypst(GABARIT, papier)

/** Draws papers of a demonstration as PDF: same paper, same bytes. */
export function createDessinateur(d: Demonstration) {
  const organismes = new Map(d.organismes.map((o) => [o.id, o]))
  const personnes = new Map(d.personnes.map((p) => [p.id, p]))
  const carrieres = new Map(d.carrieres.map((c) => [c.id, c]))
  const variables = Map.groupBy(d.variables, (v) => v.pieceId)
  const signataires = new Map(
    d.comptes.flatMap((c) =>
      c.habilitations
        .filter((h) => h.role === 'ordonnateur')
        .map((h) => [h.organismeId, `${c.prenom} ${c.nom}`] as const),
    ),
  )

  const concerne = (piece: Piece): Concerne[] =>
    piece.carrieresIds.map((id) => {
      const carriere = carrieres.get(id)!
      return {
        carriere,
        personne: personnes.get(carriere.personneId)!,
        situation: carriere.situations.findLast((s) => s.depuis <= piece.effet) ?? carriere.situations[0]!,
        variable: variables.get(piece.id)?.find((v) => v.carriereId === id),
      }
    })

  function papierOf(piece: Piece): Papier {
    const o = organismes.get(piece.organismeId)!
    const { estSigne, ...corps } = corpsOf(piece, concerne(piece))
    return {
      emetteur: [o.nom, o.adresse, `${o.codePostal} ${o.ville}`, `SIRET ${o.siret}`],
      reference: `Pièce de paie, ${formatMois(piece.mois)}`,
      date: formatJour(piece.deposeLe),
      ...corps,
      signature: estSigne
        ? {
            lieu: o.ville,
            le: formatJour(piece.deposeLe),
            qualite: o.type === 'commune' ? 'Le maire' : 'L’autorité territoriale',
            nom: signataires.get(o.id) ?? '',
          }
        : null,
    }
  }
  return { papierOf, drawPiece: (piece: Piece): Uint8Array => renderPapier(papierOf(piece)) }
}

const nomDe = (p: Personne) => `${p.sexe === 'F' ? 'Mme' : 'M.'} ${p.prenoms[0]} ${p.nomUsage ?? p.nomNaissance}`
const isAgent = (s: SituationCarriere): s is SituationCarriere & SituationAgent => s.statut !== 'elu'
const heuresMinutes = (minutes: number) => {
  const reste = minutes % 60
  return `${Math.floor(minutes / 60)} h${reste ? ` ${String(reste).padStart(2, '0')}` : ''}`
}
const euros = (montant: string) => `${montant.replace('.', ',')} €`
const VISAS = ['Vu le code général de la fonction publique,', 'Vu le dossier de l’agent,']
const VIDE = { avant: [], fiche: [], tableau: null, articles: [] } satisfies Partial<Papier>

function corpsOf(piece: Piece, concernes: Concerne[]): Corps {
  const premier = concernes[0]
  if (!premier) return { ...VIDE, titre: piece.libelle, estSigne: true }
  switch (piece.kind) {
    case 'heures':
      return { ...VIDE, titre: piece.libelle, tableau: tableauHeures(concernes), estSigne: true }
    case 'etatPrimes':
      return { ...VIDE, titre: piece.libelle, tableau: tableauPrimes(concernes), estSigne: true }
    case 'arretTravail':
      return arretTravail(premier)
    case 'rib':
      return rib(premier)
    case 'sft':
      return declarationSft(premier)
    case 'contrat':
      return contrat(premier)
    default:
      return concernes.length > 1 || piece.libelle.startsWith('Arrêtés')
        ? avancements(piece, concernes)
        : arrete(piece, premier)
  }
}

const MOMENTS: Record<Heures['moment'], string> = { jour: 'jour', nuit: 'nuit', dimanche: 'dimanche et jour férié' }

function tableauHeures(concernes: Concerne[]) {
  const lignes = concernes.flatMap(({ carriere, personne, variable }) =>
    variable?.contenu.nature === 'heures'
      ? variable.contenu.heures.map((h) => [
          carriere.matricule,
          nomDe(personne),
          h.type === 'supplementaires' ? `Supplémentaires, ${MOMENTS[h.moment]}` : 'Complémentaires',
          heuresMinutes(h.minutes),
        ])
      : [],
  )
  return { entetes: ['Matricule', 'Agent', 'Nature', 'Durée'], lignes }
}

function tableauPrimes(concernes: Concerne[]) {
  const lignes = concernes.flatMap(({ carriere, personne, variable }) =>
    variable?.contenu.nature === 'prime'
      ? [[carriere.matricule, nomDe(personne), variable.contenu.libelle, euros(variable.contenu.montant)]]
      : [],
  )
  return { entetes: ['Matricule', 'Agent', 'Nature', 'Montant'], lignes }
}

/** The employer’s sheet: dates only, never a diagnosis. */
function arretTravail({ personne, carriere, variable }: Concerne): Corps {
  const absence = variable?.contenu.nature === 'absence' ? variable.contenu : undefined
  const dernier = absence ? addJours(absence.jusqua, -1) : undefined
  return {
    ...VIDE,
    emetteur: ['Cabinet médical de la démonstration', 'Docteur Fictif', 'Landes'],
    titre: 'Avis d’arrêt de travail, volet pour l’employeur',
    fiche: [
      ['Assuré', nomDe(personne)],
      ['Numéro de sécurité sociale', formatNir(personne.nir)],
      ['Emploi', carriere.emploi],
      ['Nature', absence?.sansCarence ? 'Prolongation' : 'Arrêt initial'],
      ['Premier jour d’arrêt', absence ? formatJour(absence.depuis) : ''],
      ['Dernier jour d’arrêt', dernier ? formatJour(dernier) : ''],
    ],
    articles: [{ titre: 'À l’attention de l’employeur', texte: 'Ce volet ne porte aucun élément médical.' }],
    estSigne: false,
  }
}

const formatNir = (nir: string) => nir.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, '$1 $2 $3 $4 $5 $6 $7')

function rib({ personne }: Concerne): Corps {
  return {
    ...VIDE,
    emetteur: ['Banque de démonstration', 'Code banque 99999, attribué à personne'],
    titre: 'Relevé d’identité bancaire',
    fiche: [
      ['Titulaire', nomDe(personne)],
      ['Adresse', `${personne.adresse}, ${personne.codePostal} ${personne.ville}`],
      ['IBAN', personne.iban.replace(/(.{4})/g, '$1 ').trim()],
      ['BIC', personne.bic],
    ],
    estSigne: false,
  }
}

function declarationSft({ personne, situation }: Concerne): Corps {
  return {
    ...VIDE,
    emetteur: [nomDe(personne), personne.adresse, `${personne.codePostal} ${personne.ville}`],
    titre: 'Déclaration de situation pour le supplément familial de traitement',
    avant: [`${nomDe(personne)} déclare assumer la charge effective et permanente des enfants suivants.`],
    tableau: {
      entetes: ['Prénom', 'Date de naissance'],
      lignes: personne.enfants.map((e) => [e.prenom, formatJour(e.naissance)]),
    },
    articles: [
      {
        titre: 'Autre parent',
        texte: 'L’autre parent ne perçoit pas de supplément familial de traitement pour ces enfants.',
      },
      {
        titre: 'Enfants retenus',
        texte: `${isAgent(situation) ? situation.enfantsSft : 0} à la date du ${formatJour(situation.depuis)}.`,
      },
    ],
    estSigne: false,
  }
}

function contrat({ carriere, personne, situation }: Concerne): Corps {
  if (!isAgent(situation)) throw new Error('an élu has no contract')
  return {
    ...VIDE,
    titre: 'Contrat de travail de droit public à durée déterminée',
    avant: ['Vu le code général de la fonction publique,', `Entre l’employeur et ${nomDe(personne)}, il est convenu :`],
    articles: [
      {
        titre: 'Article 1 – Objet',
        texte: `${nomDe(personne)} est ${personne.sexe === 'F' ? 'recrutée' : 'recruté'} à compter du ${formatJour(carriere.entree)} pour exercer les fonctions suivantes : ${carriere.emploi}.`,
      },
      {
        titre: 'Article 2 – Durée du travail',
        texte: `La durée hebdomadaire de travail est de ${heuresMinutes(situation.minutesHebdo)}.`,
      },
      {
        titre: 'Article 3 – Rémunération',
        texte: `La rémunération est calculée par référence à l’indice brut ${situation.ib}, indice majoré ${situation.im}${situation.ifse ? `, avec une indemnité de fonctions mensuelle de ${euros(situation.ifse.mensuel)} à temps complet` : ''}.`,
      },
    ],
    estSigne: true,
  }
}

function avancements(piece: Piece, concernes: Concerne[]): Corps {
  const lignes = concernes.flatMap(({ carriere, personne }) => {
    const s = carriere.situations.find((x) => moisOfJour(x.depuis) === piece.mois && x.motif === 'Avancement d’échelon')
    return s && isAgent(s)
      ? [[nomDe(personne), s.grade.replace(/'/g, '’'), String(s.echelon), `${s.ib} / ${s.im}`, formatJour(s.depuis)]]
      : []
  })
  return {
    ...VIDE,
    titre: piece.libelle,
    avant: VISAS,
    tableau: { entetes: ['Agent', 'Grade', 'Échelon', 'IB / IM', 'Effet'], lignes },
    estSigne: true,
  }
}
const moisOfJour = (j: Jour) => j.slice(0, 7)

function arrete(piece: Piece, { carriere, personne, situation, variable }: Concerne): Corps {
  const absence = variable?.contenu.nature === 'absence' ? variable.contenu : undefined
  const fin = absence ? `, jusqu’au ${formatJour(addJours(absence.jusqua, -1))} inclus` : ''
  return {
    ...VIDE,
    titre: piece.libelle,
    avant: VISAS,
    articles: [
      {
        titre: 'Article 1',
        texte: `La présente décision concerne ${nomDe(personne)}, ${carriere.emploi.toLowerCase()}, matricule ${carriere.matricule}. Elle prend effet le ${formatJour(piece.effet)}${fin}.`,
      },
      ...(isAgent(situation) && piece.libelle.includes('titularisation')
        ? [
            {
              titre: 'Article 2',
              texte: `L’agent est titularisé dans le grade ${situation.grade.replace(/'/g, '’')}, échelon ${situation.echelon}, indice brut ${situation.ib}, indice majoré ${situation.im}.`,
            },
          ]
        : []),
      { titre: 'Exécution', texte: 'Le présent acte est notifié à l’agent et transmis au service de paie.' },
    ],
    estSigne: true,
  }
}
