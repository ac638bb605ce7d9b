import { euros, formatEuros } from '#socle/argent.ts'
import { addJours, formatJour, formatMois, type Jour } from '#socle/dates.ts'
import type { Bulletin } from '../../../calcul/index.ts'
import { isAgent, LIBELLES_STATUT, type SituationCarriere, type StatutCarriere } from '../../contract.ts'
import type { EtatCarriere } from '../../domain/changer.ts'
import { formatHebdo } from '../../domain/decrire.ts'
import { DOCUMENTS_FIN, type DocumentFin } from '../contract.ts'
import { TEXTES } from './textes.ts'

const PRIVES: readonly StatutCarriere[] = ['apprenti', 'pec', 'cee', 'prive']

/** The papers owed at the end of a post. Those of France Travail are sent by the DSN, never printed here. */
export function documentsDe(statut: StatutCarriere): DocumentFin[] {
  if (PRIVES.includes(statut)) return ['certificatPrive', 'soldeToutCompte']
  if (statut === 'elu') return []
  if (statut === 'titulaire' || statut === 'stagiaire' || statut === 'emploiFonctionnel') return ['etatServices']
  return ['certificatPublic']
}

export type Contexte = {
  emetteur: string[]
  siret: string
  ville: string
  qualite: string
  agent: { nom: string; prenom: string; nomNaissance: string; sexe: 'F' | 'M'; naissance: Jour; adresse: string }
  etat: EtatCarriere & { sortie: Jour }
}

type Ligne = { libelle: string; valeur: string }

const dernierJour = (c: Contexte) => addJours(c.etat.sortie, -1)
const qui = ({ agent: a }: Contexte) => `${a.sexe === 'F' ? 'Madame' : 'Monsieur'} ${a.prenom} ${a.nom}`

const emploiDe = (s: SituationCarriere): string => (s.statut === 'elu' ? 'Mandat' : s.grade)
const tempsDe = (s: SituationCarriere): string => {
  if (s.statut === 'elu' || s.minutesHebdo === null) return ''
  const partiel = isAgent(s) && s.quotiteTempsPartiel !== 100 ? `, temps partiel ${s.quotiteTempsPartiel} %` : ''
  return `, ${formatHebdo(s.minutesHebdo).toLowerCase()}${partiel}`
}
/** Posts held one after the other, with their periods; situations that print the same are one. */
function periodes(c: Contexte, dire: (s: SituationCarriere) => string): Ligne[] {
  const lignes: { depuis: Jour; jusqua: Jour; valeur: string }[] = []
  for (const s of c.etat.situations) {
    const valeur = dire(s.contenu)
    const jusqua = s.jusqua ?? c.etat.sortie
    const derniere = lignes.at(-1)
    if (derniere?.valeur === valeur) derniere.jusqua = jusqua
    else lignes.push({ depuis: s.depuis, jusqua, valeur })
  }
  return lignes.map((l) => ({
    libelle: `Du ${formatJour(l.depuis)} au ${formatJour(addJours(l.jusqua, -1))}`,
    valeur: l.valeur,
  }))
}

function commun(c: Contexte, document: DocumentFin) {
  return {
    emetteur: [...c.emetteur, `SIRET ${c.siret}`],
    reference: '',
    titre: DOCUMENTS_FIN[document],
    verbe: null,
    signature: { lieu: c.ville, qualite: c.qualite },
  }
}

const identite = (c: Contexte): Ligne[] => [
  ...(c.agent.nomNaissance && c.agent.nomNaissance !== c.agent.nom
    ? [{ libelle: 'Nom de naissance', valeur: c.agent.nomNaissance }]
    : []),
  { libelle: 'Naissance', valeur: formatJour(c.agent.naissance) },
  ...(c.agent.adresse ? [{ libelle: 'Adresse', valeur: c.agent.adresse }] : []),
]

const presence = (c: Contexte): Ligne[] => [
  { libelle: 'Entrée', valeur: formatJour(c.etat.entree) },
  { libelle: 'Dernier jour', valeur: formatJour(dernierJour(c)) },
]

/** One paper of the end of a post, from the career as it stands. */
export function toDocumentFin(document: Exclude<DocumentFin, 'soldeToutCompte'>, c: Contexte) {
  const estPublic = document === 'certificatPublic'
  const fonctions = periodes(c, (s) => {
    if (document === 'etatServices')
      return isAgent(s)
        ? `${LIBELLES_STATUT[s.statut]}, ${s.grade}${s.echelon === null ? '' : `, échelon ${s.echelon}`}${tempsDe(s)}`
        : emploiDe(s)
    return `${c.etat.emploi}${emploiDe(s) === c.etat.emploi ? '' : ` (${emploiDe(s)})`}${estPublic && isAgent(s) ? `, catégorie ${s.categorie}` : ''}${tempsDe(s)}`
  })
  return {
    ...commun(c, document),
    avant: [
      document === 'etatServices'
        ? `Services de ${qui(c)} auprès de ${c.emetteur[0]}.`
        : `Nous certifions avoir employé ${qui(c)}.`,
    ],
    fiche: [...identite(c), ...presence(c), ...fonctions],
    articles: [],
    apres:
      document === 'certificatPrive'
        ? [
            'Les garanties de santé et de prévoyance dont le salarié bénéficiait sont maintenues, s’il en remplit les conditions, dans celles de l’article L. 911-8 du code de la sécurité sociale.',
            `${TEXTES.certificatPrive.texte}.`,
          ]
        : estPublic
          ? [`${TEXTES.certificatPublic.texte}.`]
          : [],
  }
}

/** The inventory of what was paid at the end of a private-law contract, from its last payslip. */
export function toSolde(c: Contexte, b: Bulletin) {
  const gains = b.lignes.filter(
    (l) => (l.groupe === 'remuneration' || l.groupe === 'frais') && l.montant && l.montant !== '0.00',
  )
  const retenu = euros(b.totaux.netAPayer)
  return {
    ...commun(c, 'soldeToutCompte'),
    avant: [
      `${qui(c)} reconnaît avoir reçu de ${c.emetteur[0]}, pour solde de tout compte à la fin de son contrat de travail le ${formatJour(dernierJour(c))}, la somme nette de ${formatEuros(retenu)}, dont le détail suit (bulletin de ${formatMois(b.mois)}).`,
    ],
    fiche: [
      ...gains.map((l) => ({ libelle: l.libelle, valeur: formatEuros(euros(l.montant!)) })),
      { libelle: 'Total brut', valeur: formatEuros(euros(b.totaux.brut)) },
      { libelle: 'Net avant impôt', valeur: formatEuros(euros(b.totaux.netAvantImpot)) },
      { libelle: 'Prélèvement à la source', valeur: formatEuros(euros(b.totaux.pas)) },
      { libelle: 'Net payé', valeur: formatEuros(retenu) },
    ],
    articles: [],
    apres: [
      'Établi en deux exemplaires, dont un est remis au salarié. Signature du salarié, précédée de la date :',
      `Ce reçu peut être dénoncé par lettre recommandée dans les six mois de sa signature ; au-delà, il libère l’employeur pour les sommes qui y sont mentionnées (${TEXTES.soldeToutCompte.texte}).`,
    ],
  }
}
